"""What check_layers.py and check_style.py share: the C files, their code, and TAP output."""
import re

LEXEMES = re.compile(
    r"""/\*.*?\*/ | //[^\n]* | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' """, re.DOTALL | re.VERBOSE
)


def c_files(*folders):
    """The .c and .h files below the folders, sorted."""
    return sorted(p for folder in folders for p in folder.rglob("*.[ch]"))


def code(path):
    """The file's text with comments and literals blanked; line numbers stay as they are."""
    return LEXEMES.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), path.read_text())


def find(pattern, text):
    """(line number, match) of each match of a compiled pattern."""
    return [(text.count("\n", 0, m.start()) + 1, m) for m in pattern.finditer(text)]


def report(checks):
    """Print each (sentence, problems) as a TAP test case, its problems as diagnostics."""
    print(f"1..{len(checks)}")
    for number, (sentence, problems) in enumerate(checks, start=1):
        print("not ok" if problems else "ok", number, "-", sentence)
        for problem in problems:
            print("#  ", problem)

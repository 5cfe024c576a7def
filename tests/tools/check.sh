#!/bin/sh
# What should hold at every commit, in a few seconds: style, layers and the unit tests.
exec "$(dirname "$0")/../../script/test" --suite style --suite unit

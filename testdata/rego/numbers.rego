# Integers are exact at any size; a tenth and two tenths are three tenths.
package custody.numbers

big := 9007199254740993 + 1

exact := 0.1 + 0.2 == 0.3

half := 7 / 2

text := sprintf("%05d|%-6s|%.2f|%x|%q|%v", [42, "ab", 3.14159, 255, "q", {"a": {1}}])

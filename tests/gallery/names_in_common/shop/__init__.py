"""The shop."""

opened = ["package"]
print("the package is imported")

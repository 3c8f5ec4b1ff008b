"""The rules of an examination: values in, values out; nothing here touches a disk, a clock or a screen."""

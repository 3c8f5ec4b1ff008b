"""A test-room PC at work: makes the rules of exam/ happen with real clocks, disks, keys and cameras. No Qt."""

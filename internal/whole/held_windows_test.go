package whole

import "golang.org/x/sys/windows"

// held is what the system says of a file another program holds.
const held = windows.ERROR_SHARING_VIOLATION

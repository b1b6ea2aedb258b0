package workspace

import "repertoire/internal/store"

// BaseFile is the name of the base within a folder of work: a desktop opens
// the folder by it, and backups have its ending.
const BaseFile = store.File

package logbook

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"

	"repertoire/internal/repertoire"
)

// Profile writes into dir, which is made, where the time goes until stop is
// called (cpu.pprof) and what memory is held then (heap.pprof), for "go tool
// pprof".
func Profile(dir string) (stop func() error, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, repertoire.Refuse("Le dossier « %s » ne peut pas être créé : le profil ne serait écrit nulle part. Rien n’a été fait.",
			dir)
	}
	cpu, err := os.Create(filepath.Join(dir, "cpu.pprof"))
	if err != nil {
		return nil, repertoire.Refuse(
			"Rien ne peut être écrit dans « %s » : choisissez un autre dossier pour le profil. Rien n’a été fait.", dir)
	}
	if err := pprof.StartCPUProfile(cpu); err != nil {
		cpu.Close()
		return nil, err
	}
	return func() error {
		pprof.StopCPUProfile()
		if err := cpu.Close(); err != nil {
			return err
		}
		heap, err := os.Create(filepath.Join(dir, "heap.pprof"))
		if err != nil {
			return err
		}
		defer heap.Close()
		runtime.GC() // what is held, not what waits to be swept
		return pprof.WriteHeapProfile(heap)
	}, nil
}

//! The objects of a trail: files below folders, read on every core.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ignore::WalkBuilder;
use indicatif::ProgressBar;
use portcullis_trail::census::{Census, Scratch};
use portcullis_trail::{Gathered, Lens, Worker, skip};

use crate::failure::Failure;

/// What there is to read.
#[derive(Default)]
pub(super) struct Logs {
    objects: Vec<Object>,
    /// What could not be looked into, and why.
    unreadable: Vec<(String, String)>,
    gathered: Gathered,
}

struct Object {
    /// None for standard input.
    path: Option<PathBuf>,
    name: String,
    bytes: u64,
}

impl Logs {
    /// Finds the objects. A file that was named is read whatever its name is; below a folder, names tell what is a log.
    pub(super) fn find(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut logs = Self::default();
        for path in paths {
            if path.as_os_str() == "-" {
                logs.objects.push(Object { path: None, name: "standard input".into(), bytes: 0 });
                continue;
            }
            let metadata = fs::metadata(path)
                .map_err(|error| Failure::usage(format!("cannot read `{}`: {error}", path.display())))?;
            match metadata.is_dir() {
                true => logs.walk(path),
                false => logs.add(path, metadata.len()),
            }
        }
        // The largest first, so that no thread is left with a large one at the end.
        logs.objects
            .sort_by(|one, other| other.bytes.cmp(&one.bytes).then_with(|| one.name.cmp(&other.name)));
        Ok(logs)
    }

    /// The bytes of all objects, as they lie there.
    pub(super) fn bytes(&self) -> u64 {
        self.objects.iter().map(|object| object.bytes).sum()
    }

    fn add(&mut self, path: &Path, bytes: u64) {
        self.objects.push(Object { path: Some(path.to_owned()), name: path.display().to_string(), bytes });
    }

    fn walk(&mut self, folder: &Path) {
        for entry in WalkBuilder::new(folder).standard_filters(false).follow_links(true).build() {
            match entry {
                Err(error) => self.unreadable.push((folder.display().to_string(), error.to_string())),
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
                    match skip(&entry.path().to_string_lossy()) {
                        Some(reason) => self.gathered.skip(reason),
                        None => self.add(entry.path(), bytes),
                    }
                }
                Ok(_) => {}
            }
        }
    }

    /// Reads everything into the census.
    pub(super) fn read(
        self,
        census: &Census,
        lens: &Lens,
        progress: &ProgressBar,
    ) -> Result<Gathered, Failure> {
        let next = AtomicUsize::new(0);
        let work = || -> io::Result<Gathered> {
            let mut worker = Worker::new(census, lens);
            while let Some(object) = self.objects.get(next.fetch_add(1, Ordering::Relaxed)) {
                object.read(&mut worker, progress)?;
            }
            worker.finish()
        };
        let threads = thread::available_parallelism().map_or(1, usize::from).min(self.objects.len().max(1));
        let parts: Vec<thread::Result<io::Result<Gathered>>> = thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            workers.into_iter().map(thread::ScopedJoinHandle::join).collect()
        });
        let mut gathered = self.gathered;
        for part in parts {
            let part = part.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            gathered = gathered.and(part.map_err(|error| no_room(&error))?);
        }
        let mut worker = Worker::new(census, lens);
        self.unreadable.iter().for_each(|(name, why)| worker.unreadable(name, why));
        Ok(gathered.and(worker.finish().map_err(|error| no_room(&error))?))
    }
}

impl Object {
    fn read(&self, worker: &mut Worker<'_>, progress: &ProgressBar) -> io::Result<()> {
        let opened: io::Result<Box<dyn Read>> = match &self.path {
            None => Ok(Box::new(io::stdin())),
            Some(path) => File::open(path).map(|file| Box::new(file) as Box<dyn Read>),
        };
        match opened {
            Err(error) => worker.unreadable(&self.name, &error.to_string()),
            Ok(source) => worker.object(&self.name, &mut progress.wrap_read(source))?,
        }
        Ok(())
    }
}

/// Where events go that do not fit into memory: a file without a name, which the system removes.
pub(super) fn scratch() -> io::Result<Box<dyn Scratch>> {
    Ok(Box::new(Temporary(tempfile::tempfile()?)))
}

/// A failure to write it, or to read it again.
pub(super) fn no_room(error: &io::Error) -> Failure {
    Failure {
        exit: crate::exit::Exit::Incomplete,
        ..Failure::usage(format!("cannot keep what was read: {error}"))
    }
    .with_hint("set TMPDIR to a folder with room: 24 bytes for each event beyond the first two million")
}

struct Temporary(File);

impl Read for Temporary {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.read(bytes)
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Seek for Temporary {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        self.0.seek(place)
    }
}

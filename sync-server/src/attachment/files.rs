//! Where the bytes lie: halves in `parts/`, whole files and what is derived from them in `attachments/`.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use minqing_core::{Id, attachment::Derived, envelope::Hash};
use object_store::{ObjectStoreExt, local::LocalFileSystem, path::Path as Name};
use tokio::sync::Semaphore;

use super::turns::{Turn, Turns};
use crate::fault::Fault;

/// The folder of half files, which are no part of a backup.
pub const PARTS: &str = "parts";
/// How many files are looked at and derived from at once; each may unpack to some 20 MB.
const AT_ONCE: usize = 2;

/// Which form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As it came; evidence.
    Original,
    /// A photo, written anew.
    Display,
    /// The same, small.
    Thumb,
}

/// The directories of a server's files. They are made when first needed.
pub struct Files {
    parts: PathBuf,
    objects: PathBuf,
    pub(super) turns: Turns,
    pub(super) looking: Semaphore,
}

/// A half file that grows under one request's hands.
pub(super) struct Part {
    file: File,
    /// How many bytes it has.
    pub(super) at: u64,
    _turn: Turn,
}

impl Files {
    /// Those of a data directory.
    pub fn of(data: &Path) -> Self {
        Self { parts: data.join(PARTS), objects: data.join("attachments"), turns: Turns::default(), looking: Semaphore::new(AT_ONCE) }
    }

    fn part(&self, id: Id) -> PathBuf {
        self.parts.join(id.to_string())
    }

    /// How many bytes of an upload are here.
    pub(super) fn offset(&self, id: Id) -> Result<u64, Fault> {
        match fs::metadata(self.part(id)) {
            Ok(found) => Ok(found.len()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(e) => Err(failed(e)),
        }
    }

    /// Opens a half file at its end.
    pub(super) fn open(&self, id: Id, turn: Turn) -> Result<Part, Fault> {
        fs::create_dir_all(&self.parts).map_err(failed)?;
        let mut file = OpenOptions::new().create(true).write(true).truncate(false).open(self.part(id)).map_err(failed)?;
        let at = file.seek(SeekFrom::End(0)).map_err(failed)?;
        Ok(Part { file, at, _turn: turn })
    }

    /// The bytes of a half file.
    pub(super) fn read_part(&self, id: Id) -> Result<Vec<u8>, Fault> {
        fs::read(self.part(id)).map_err(failed)
    }

    /// Takes a half file away; nothing if it is gone already.
    pub(super) fn drop_part(&self, id: Id) -> Result<(), Fault> {
        match fs::remove_file(self.part(id)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(failed(e)),
            _ => Ok(()),
        }
    }

    /// All half files by the ids of their uploads.
    pub(super) fn parts(&self) -> Result<Vec<Id>, Fault> {
        let Ok(entries) = fs::read_dir(&self.parts) else { return Ok(Vec::new()) };
        let names = entries.map(|e| Ok(e.map_err(failed)?.file_name().to_string_lossy().into_owned())).collect::<Result<Vec<_>, Fault>>()?;
        Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
    }

    fn objects(&self) -> Result<LocalFileSystem, Fault> {
        fs::create_dir_all(&self.objects).map_err(failed)?;
        Ok(LocalFileSystem::new_with_prefix(&self.objects).map_err(refused)?.with_fsync(true))
    }

    /// Keeps a file with what is shown of it, which comes first: a file that is here can be shown. It is durable when this returns.
    pub(super) async fn keep(&self, hash: Hash, shown: Option<Derived>, original: Vec<u8>) -> Result<(), Fault> {
        if let Some(shown) = shown {
            self.put(hash, Form::Thumb, shown.thumbnail).await?;
            self.put(hash, Form::Display, shown.display).await?;
        }
        self.put(hash, Form::Original, original).await
    }

    /// Keeps a form of a file; it is durable when this returns. Once more is the same bytes.
    async fn put(&self, hash: Hash, form: Form, bytes: Vec<u8>) -> Result<(), Fault> {
        self.objects()?.put(&name(hash, form), bytes.into()).await.map(drop).map_err(refused)
    }

    /// A form of a file, `None` if it is not here.
    pub(super) async fn get(&self, hash: Hash, form: Form) -> Result<Option<Vec<u8>>, Fault> {
        let found = match self.objects()?.get(&name(hash, form)).await {
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            found => found.map_err(refused)?,
        };
        Ok(Some(found.bytes().await.map_err(refused)?.into()))
    }

    /// Deletes a file in all its forms.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn delete(&self, hash: Hash) -> Result<(), Fault> {
        for form in [Form::Original, Form::Display, Form::Thumb] {
            match fs::remove_file(self.objects.join(name(hash, form).as_ref())) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(failed(e)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether a file is here as it came.
    pub(super) async fn has(&self, hash: Hash) -> Result<bool, Fault> {
        match self.objects()?.head(&name(hash, Form::Original)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            found => found.map(|_| true).map_err(refused),
        }
    }

    /// Whether the bytes kept under a hash are here and are those.
    ///
    /// # Errors
    /// `store.failed`.
    pub async fn is_whole(&self, hash: Hash) -> Result<bool, Fault> {
        Ok(self.get(hash, Form::Original).await?.is_some_and(|bytes| Hash::of(&bytes) == hash))
    }
}

impl Part {
    /// Puts bytes at the end.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.file.write_all(bytes).map_err(failed)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// What was written is durable when this returns.
    pub(super) fn sync(&self) -> Result<(), Fault> {
        self.file.sync_all().map_err(failed)
    }

    /// Goes back to where it was.
    pub(super) fn cut(&mut self, at: u64) -> Result<(), Fault> {
        self.file.set_len(at).map_err(failed)?;
        self.at = at;
        Ok(())
    }
}

/// Two characters of the hash make a folder, so that no folder gets too long.
fn name(hash: Hash, form: Form) -> Name {
    let (hex, folder) = (
        hash.to_string(),
        match form {
            Form::Original => "sha256",
            Form::Display => "display",
            Form::Thumb => "thumb",
        },
    );
    Name::from(format!("{folder}/{}/{hex}", &hex[..2]))
}

fn failed(e: io::Error) -> Fault {
    Fault::new("store.failed", format!("files: {}", e.kind()))
}

fn refused(e: object_store::Error) -> Fault {
    tracing::error!(error = %e, "the files' directory failed");
    Fault::new("store.failed", "files")
}

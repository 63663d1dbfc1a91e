//! A fresh folder that goes away at the end, also after a failure.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::platform::crypto::Random;

/// The folder of one demo.
#[derive(Debug)]
pub struct Folder(Option<PathBuf>);

impl Folder {
    /// Makes it where this machine keeps what is only for a while.
    pub fn make(random: &Random) -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("breezeway-demo-{}", random.short_id()));
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).with_context(|| format!("the folder {} cannot be made", path.display()))?;
        Ok(Self(Some(path)))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new(""))
    }

    /// Removes it with all that is in it.
    pub fn remove(mut self) -> anyhow::Result<()> {
        match self.0.take() {
            Some(path) => std::fs::remove_dir_all(&path)
                .with_context(|| format!("the folder {} cannot be removed", path.display())),
            None => Ok(()),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            // Whoever was told of the first failure does not need this one too.
            let _ = std::fs::remove_dir_all(path);
        }
    }
}

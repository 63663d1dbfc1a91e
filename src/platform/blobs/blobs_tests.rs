//! Blobs in a folder and in a bucket behave alike.

use std::sync::Arc;

use futures::TryStreamExt;
use object_store::memory::InMemory;

use super::*;
use crate::platform::crypto::Random;

/// A folder, a bucket, and a bucket that is shared with others.
fn stores() -> (tempfile::TempDir, Vec<Blobs>) {
    let folder = tempfile::tempdir().unwrap();
    let disk = Blobs::open(folder.path().join("media")).unwrap();
    let bucket = |prefix| Blobs::Bucket(Bucket::over(Arc::new(InMemory::new()), prefix));
    (folder, vec![disk, bucket(""), bucket("sites/engineering/")])
}

fn key(seed: u64) -> BlobKey {
    BlobKey::make(&Random::seeded(seed), Folder::Posts, "mp4")
}

async fn all(reading: Reading) -> Vec<u8> {
    reading.into_stream().try_collect::<Vec<Bytes>>().await.unwrap().concat()
}

#[tokio::test]
async fn what_was_put_is_read_and_deleted() {
    let (_folder, stores) = stores();
    for blobs in stores {
        let key = key(7);
        blobs.put(&key, "hello").await.unwrap();

        assert_eq!(blobs.read(&key).await.unwrap(), "hello");
        assert_eq!(blobs.size(&key).await.unwrap(), 5);
        let reading = blobs.stream(&key).await.unwrap();
        assert_eq!((reading.length, reading.range.clone()), (5, 0..5));
        assert_eq!(all(reading).await, b"hello");
        blobs.delete(&key).await.unwrap();
        blobs.delete(&key).await.unwrap();
        assert!(matches!(blobs.read(&key).await, Err(Error::NotFound { .. })), "{blobs:?}");
        assert!(matches!(blobs.stream(&key).await, Err(Error::NotFound { .. })), "{blobs:?}");
        assert!(matches!(blobs.size(&key).await, Err(Error::NotFound { .. })), "{blobs:?}");
    }
}

#[tokio::test]
async fn a_part_is_exactly_what_was_asked_for() {
    let (_folder, stores) = stores();
    for blobs in stores {
        let key = key(8);
        blobs.put(&key, "0123456789").await.unwrap();
        for (wanted, expected) in [
            (Wanted::From(7), "789"),
            (Wanted::Between(2, 4), "234"),
            (Wanted::Between(8, 100), "89"),
            (Wanted::Last(1), "9"),
            (Wanted::Last(100), "0123456789"),
        ] {
            let reading = blobs.part(&key, Some(wanted)).await.unwrap();
            assert_eq!(reading.length, 10);
            assert_eq!(reading.range.end - reading.range.start, expected.len() as u64);
            assert_eq!(all(reading).await, expected.as_bytes(), "{wanted:?} {blobs:?}");
        }
        let beyond = blobs.part(&key, Some(Wanted::From(10))).await;
        assert!(matches!(beyond, Err(Error::Invalid { field: "range", .. })), "{blobs:?}");
    }
}

#[tokio::test]
async fn a_file_goes_in_and_out_as_it_is_also_in_parts() {
    let (folder, stores) = stores();
    let (from, to) = (folder.path().join("from"), folder.path().join("to"));
    for length in [0, 5, (8 << 20) + 17] {
        let bytes: Vec<u8> = (0..length).map(|at: u32| (at % 251) as u8).collect();
        std::fs::write(&from, &bytes).unwrap();
        for blobs in &stores {
            blobs.put_file(&key(9), &from).await.unwrap();
            blobs.read_to(&key(9), &to).await.unwrap();

            assert!(std::fs::read(&to).unwrap() == bytes, "{length} {blobs:?}");
        }
    }
}

#[tokio::test]
async fn nothing_unfinished_is_left() {
    let (folder, stores) = stores();

    stores[0].put(&key(1), vec![0; 100_000]).await.unwrap();

    assert_eq!(std::fs::read_dir(folder.path().join("media/unfinished")).unwrap().count(), 0);
}

#[tokio::test]
async fn all_that_is_there_is_listed_and_nothing_else() {
    let (folder, stores) = stores();
    for blobs in &stores {
        let face = BlobKey::make(&Random::seeded(3), Folder::Faces, "png");
        blobs.put(&key(2), "two").await.unwrap();
        blobs.put(&face, "face").await.unwrap();
        std::fs::write(folder.path().join("media/posts/README"), "not ours").unwrap_or_default();

        let mut found = blobs.list().await.unwrap();
        found.sort_by_key(|kept| kept.size);
        assert_eq!(found, [Kept { key: key(2), size: 3 }, Kept { key: face, size: 4 }], "{blobs:?}");
    }
}

#[tokio::test]
async fn a_move_goes_on_where_it_was_broken_off_and_loses_nothing() {
    let (_folder, stores) = stores();
    let [disk, bucket, _] = &stores[..] else { panic!("three stores") };
    let copy = BlobKey::copy_of("https://sales.example/a.png");
    disk.put(&copy, "can be fetched again").await.unwrap();
    for seed in 0..5 {
        disk.put(&key(seed), format!("blob {seed}")).await.unwrap();
    }
    // Two are there already, one of them broken.
    bucket.put(&key(0), "blob 0").await.unwrap();
    bucket.put(&key(1), "blo").await.unwrap();

    for expected in [(4, 1), (0, 5)] {
        let (mut copied, mut known) = (0, 0);
        transfer(disk, bucket, |step, _| match step {
            Step::Copied => copied += 1,
            Step::Known => known += 1,
            Step::Gone => panic!("nobody takes anything away"),
        })
        .await
        .unwrap();
        assert_eq!((copied, known), expected);
    }

    for seed in 0..5 {
        assert_eq!(bucket.read(&key(seed)).await.unwrap(), format!("blob {seed}"));
        assert_eq!(disk.read(&key(seed)).await.unwrap(), format!("blob {seed}"), "nothing is removed");
    }
    assert!(bucket.read(&copy).await.is_err());
}

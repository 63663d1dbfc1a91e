//! `breezeway serve`

use super::Place;

#[tokio::test]
async fn a_site_without_configuration_makes_its_folder_and_keeps_it() {
    let place = Place::new();

    let running = place.serve().await;
    assert!(place.path().join("data/breezeway.sqlite3").exists());
    assert!(running.stops(), "{}", place.printed());

    let again = place.serve().await;
    assert!(again.stops(), "{}", place.printed());
}

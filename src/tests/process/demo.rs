//! `breezeway demo`, as a machine checks it.

use super::Place;

#[test]
fn three_departments_talk_and_leave_nothing_behind() {
    let place = Place::new();
    // Three ports in a row that are free now.
    let base = (0..50)
        .find_map(|_| {
            let first = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let port = first.local_addr().unwrap().port();
            let free = |port| std::net::TcpListener::bind(("127.0.0.1", port)).is_ok();
            (port < 65_000 && free(port + 1) && free(port + 2)).then_some(port)
        })
        .unwrap();
    let temporary = place.path().join("tmp");
    std::fs::create_dir(&temporary).unwrap();

    let mut command = place.command(&["demo", "--once", "--port-base", &base.to_string()]);
    let output = command.env("TMPDIR", &temporary).output().unwrap();

    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("Engineering and Sales are in one organisation"), "{said}");
    assert!(said.contains("People counts two likes and an answer under Lena's picture"), "{said}");
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0, "the folder is gone");
}

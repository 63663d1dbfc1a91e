//! The command `breezeway`. Everything is in the library; see `app::cli`.

fn main() -> std::process::ExitCode {
    breezeway::app::cli::run()
}

//! Printing that survives a reader who has read enough, as in `breezeway peer list | head -1`.
//!
//! `println!` and its kin panic when the pipe is closed. Below `app` they are these instead: what nobody reads is left
//! out, and the command goes on with what it does.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// Writes to the standard output. A closed pipe is no error; what else goes wrong ends the program.
pub fn out(text: Arguments<'_>) {
    let mut out = io::stdout().lock();
    let written = out.write_fmt(text).and_then(|()| out.flush());
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        err(format_args!("breezeway: this could not be printed: {error}\n"));
        std::process::exit(1);
    }
}

/// Writes to the standard error. If even that cannot be done, there is nobody to tell.
pub fn err(text: Arguments<'_>) {
    let _ = io::stderr().lock().write_fmt(text);
}

macro_rules! println {
    () => { $crate::app::print::out(format_args!("\n")) };
    ($($text:tt)*) => { $crate::app::print::out(format_args!("{}\n", format_args!($($text)*))) };
}

macro_rules! print {
    ($($text:tt)*) => { $crate::app::print::out(format_args!($($text)*)) };
}

macro_rules! eprintln {
    ($($text:tt)*) => { $crate::app::print::err(format_args!("{}\n", format_args!($($text)*))) };
}

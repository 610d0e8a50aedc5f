//! What a program asked of the system, in order, as `strace` writes it down.
use std::collections::HashMap;

/// A call that matters here. Moments are lines of the trace: what began on one line had no effect before it, what ended on one
/// had its whole effect by then.
#[derive(Debug)]
pub struct Call {
    pub began: usize,
    /// `None`: it never came back.
    pub ended: Option<usize>,
    /// The file, or `socket:[…]`.
    pub on: String,
    pub what: What,
}

#[derive(Debug)]
pub enum What {
    /// Bytes into a file, at this place.
    Write(usize, Vec<u8>),
    /// The file has this length from now on.
    Truncate(usize),
    /// The file (of a folder: the names in it) is on the disk.
    Sync,
    /// The file was made, or would have been if it had not been there.
    Create,
    /// The file is gone.
    Remove,
    /// Bytes to somebody.
    Out(Vec<u8>),
    /// Bytes from somebody.
    In(Vec<u8>),
}

/// System calls to trace.
pub const CALLS: &str = "trace=pwrite64,pwritev,ftruncate,fdatasync,fsync,openat,unlink,writev,sendto,sendmsg,recvfrom,recvmsg";

/// Reads a trace; what matters of it, in the order in which it began, and how many lines there are.
pub fn read(text: &str) -> (Vec<Call>, usize) {
    let mut open: HashMap<&str, (usize, String)> = HashMap::new();
    let (mut calls, mut lines) = (Vec::new(), 0);
    for (line, whole) in text.lines().enumerate() {
        lines = line + 1;
        let Some((thread, said)) = whole.split_once(' ') else { continue };
        let said = said.trim_start();
        if let Some(begun) = said.strip_suffix("<unfinished ...>") {
            open.insert(thread, (line, begun.to_owned()));
        } else if let Some((_, rest)) = said.strip_prefix("<... ").and_then(|s| s.split_once(" resumed>")) {
            let Some((began, begun)) = open.remove(thread) else { continue };
            calls.extend(call(&(begun + rest), began, Some(line)));
        } else {
            calls.extend(call(said, line, Some(line)));
        }
    }
    calls.extend(open.values().filter_map(|(began, begun)| call(begun, *began, None)));
    calls.sort_by_key(|call| call.began);
    (calls, lines)
}

fn call(said: &str, began: usize, ended: Option<usize>) -> Option<Call> {
    let (name, arguments) = said.split_once('(')?;
    // The program was killed before it came back.
    let ended = ended.filter(|_| !said.ends_with("= ?"));
    // What failed had no effect.
    if ended.is_some() && said.rsplit_once("= ")?.1.starts_with('-') {
        return None;
    }
    let on = || Some(plain(arguments.split_once('<')?.1.split_once('>')?.0));
    let tail = || arguments.rsplit_once('"').map_or(arguments, |(_, tail)| tail);
    let numbers = || {
        let inner = tail().split(')').next().unwrap_or_default();
        inner.split(',').filter_map(|n| n.split_whitespace().next()?.parse::<usize>().ok()).collect::<Vec<_>>()
    };
    let (on, what) = match name {
        "pwrite64" => (on()?, What::Write(*numbers().last()?, bytes(arguments))),
        "pwritev" => panic!("the database writes in a way that this test does not know: {}", said.get(..100)?),
        "ftruncate" => (on()?, What::Truncate(*numbers().last()?)),
        "fdatasync" | "fsync" => (on()?, What::Sync),
        "openat" if arguments.contains("O_CREAT") => (text(&bytes(arguments)), What::Create),
        "unlink" => (text(&bytes(arguments)), What::Remove),
        "writev" | "sendto" | "sendmsg" => (on()?, What::Out(bytes(arguments))),
        "recvfrom" | "recvmsg" => (on()?, What::In(bytes(arguments))),
        _ => return None,
    };
    Some(Call { began, ended, on, what })
}

/// Everything between quotes, put together.
fn bytes(arguments: &str) -> Vec<u8> {
    arguments.split('"').skip(1).step_by(2).flat_map(hex).collect()
}

/// `\x2f\x61` as bytes.
fn hex(digits: &str) -> Vec<u8> {
    digits.split("\\x").skip(1).filter_map(|two| u8::from_str_radix(two.get(..2)?, 16).ok()).collect()
}

fn plain(name: &str) -> String {
    if name.contains("\\x") { text(&hex(name)) } else { name.to_owned() }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_trace_is_read() {
    let trace = "7 pwrite64(5<\\x2f\\x61>, \"\\x01\\x02\", 2, 32) = 2\n\
                 8 fdatasync(5<\\x2f\\x61> <unfinished ...>\n\
                 7 sendto(9<socket:[12]>, \"\\x48\\x69\", 2, MSG_NOSIGNAL, NULL, 0) = 2\n\
                 8 <... fdatasync resumed>)              = 0\n\
                 7 recvfrom(9<socket:[12]>, 0x55, 10, 0, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable)\n\
                 7 pwrite64(5<\\x2f\\x61>, \"\\x03\", 1, 34 <unfinished ...>) = ?\n";
    let (calls, lines) = read(trace);
    let told: Vec<String> = calls.iter().map(|c| format!("{} {:?} {} {:?}", c.began, c.ended, c.on, c.what)).collect();
    assert_eq!(
        told,
        [
            "0 Some(0) /a Write(32, [1, 2])",
            "1 Some(3) /a Sync",
            "2 Some(2) socket:[12] Out([72, 105])",
            "5 None /a Write(34, [3])",
        ]
    );
    assert_eq!(lines, 6);
}

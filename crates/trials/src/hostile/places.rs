//! What is hostile by where it lies and not by what it holds.

use std::fs;
use std::path::Path;
use std::process::Command;

const NOTICE: &str = "THÔNG BÁO\n1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.\n";

/// What was made in a folder.
#[derive(Debug, Default)]
pub struct Odd {
    /// Files that should be read, under names that no person gives.
    pub good: Vec<String>,
    /// What should become an error record: name, and its code.
    pub bad: Vec<(String, &'static str)>,
}

/// Makes links that go round in circles, a pipe, a folder that bears the name of a document, and files with names of line
/// feeds, escape sequences and flags in `folder`.
#[cfg(unix)]
pub fn odd(folder: &Path) -> Odd {
    use std::os::unix::fs::symlink;
    let mut made = Odd::default();
    let names = [
        "-o",
        "--help.md",
        "xuong\ndong.md",
        "\u{1b}[31mdo\u{7}.md",
        "=cmd|' !A1.md",
        "dau\u{202e}dm.exe",
        "a;rm -rf $HOME`id`.md",
        "%n%s.md",
    ];
    for name in names {
        fs::write(folder.join(name), NOTICE).unwrap();
        made.good.push(name.to_owned());
    }
    let long = format!("{}.md", "d".repeat(230));
    fs::write(folder.join(&long), NOTICE).unwrap();
    made.good.push(long);
    symlink("vong-2.md", folder.join("vong-1.md")).unwrap();
    symlink("vong-1.md", folder.join("vong-2.md")).unwrap();
    made.bad.extend([("vong-1.md".to_owned(), "unreadable"), ("vong-2.md".to_owned(), "unreadable")]);
    symlink("khong-co.md", folder.join("mat-dich.md")).unwrap();
    made.bad.push(("mat-dich.md".to_owned(), "not-found"));
    // folders that lead back, and one that is called like a document
    fs::create_dir(folder.join("thu-muc.pdf")).unwrap();
    symlink("..", folder.join("thu-muc.pdf/len")).unwrap();
    symlink(".", folder.join("thu-muc.pdf/day")).unwrap();
    symlink("/dev/zero", folder.join("vo-tan.txt")).unwrap();
    made.bad.push(("vo-tan.txt".to_owned(), "not-a-file"));
    if Command::new("mkfifo").arg(folder.join("ong.txt")).status().is_ok_and(|status| status.success()) {
        made.bad.push(("ong.txt".to_owned(), "not-a-file"));
    }
    made
}

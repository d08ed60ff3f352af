//! Python files, each read and parsed once.
//!
//! In: paths relative to the project's root. Out: [`Source`]s, shared between functions and
//! threads. Never imports or runs anything.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{ModModule, PySourceType};
use ruff_python_parser::{ParseError, Parsed, parse_unchecked_source};
use ruff_text_size::Ranged;
use rustc_hash::FxHashMap;

use super::code::Code;
use super::lower;
use crate::diagnostic::{Code as DiagnosticCode, Diagnostic};
use crate::source::{SourceFile, Span, display_path};

/// Largest module that is parsed; Lambda's console shows code up to 3 MB.
const MAX_MODULE_BYTES: usize = 4 * 1024 * 1024;

/// A parsed Python file.
pub struct Source {
    /// The file; for inline code, the text of the code alone.
    pub file: Arc<SourceFile>,
    code: Code,
}

impl Source {
    /// The operations that the tree was lowered to.
    pub fn code(&self) -> &Code {
        &self.code
    }

    fn parse(file: Arc<SourceFile>) -> Result<Self, Diagnostic> {
        let parsed = parse_unchecked_source(file.text(), PySourceType::Python);
        let lowered = match parsed.errors().first() {
            Some(error) => Err(syntax_error(&file, error)),
            None => Ok(lower::lower(&parsed.syntax().body, file.text().len())),
        };
        if !is_shallow(&parsed) {
            // Its recursive destructor might not fit the stack.
            std::mem::forget(parsed);
        }
        Ok(Self {
            code: lowered?,
            file,
        })
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_tuple("Source")
            .field(&self.file.path())
            .finish()
    }
}

type Parse = Result<Arc<Source>, Diagnostic>;
type Slot = Arc<OnceLock<Parse>>;

/// The Python files of a project: each is read and parsed when it is first asked for.
pub struct Sources {
    root: PathBuf,
    parsed: Mutex<FxHashMap<PathBuf, Slot>>,
    listed: Mutex<FxHashMap<PathBuf, Arc<Folder>>>,
}

impl std::fmt::Debug for Sources {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Sources").field(&self.root).finish()
    }
}

/// What a folder holds, for finding modules in it.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Names of its files.
    pub(super) files: Vec<String>,
    /// Names of its folders.
    pub(super) folders: Vec<String>,
}

impl Folder {
    pub(super) fn has_file(&self, name: &str) -> bool {
        self.files.iter().any(|file| file == name)
    }

    pub(super) fn has_folder(&self, name: &str) -> bool {
        self.folders.iter().any(|folder| folder == name)
    }
}

impl Sources {
    /// The sources under a project's root.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            parsed: Mutex::default(),
            listed: Mutex::default(),
        }
    }

    /// The file at a path relative to the root.
    ///
    /// # Errors
    /// A diagnostic where it cannot be read, is not UTF-8, lies outside the project, or is not
    /// valid Python 3.
    pub fn module(&self, relative: &Path) -> Result<Arc<Source>, Diagnostic> {
        let slot = {
            let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(parsed.entry(relative.to_owned()).or_default())
        };
        slot.get_or_init(|| {
            let file = SourceFile::read(&self.root, relative)?;
            refuse_unusual(&file)?;
            Source::parse(file).map(Arc::new)
        })
        .clone()
    }

    /// Code written in a template (`InlineCode`, `ZipFile`). Its places count within the text;
    /// `shown` is the name of that text in messages.
    ///
    /// # Errors
    /// A diagnostic where the text is not valid Python 3.
    pub fn inline(&self, shown: &Path, text: &str) -> Result<Arc<Source>, Diagnostic> {
        Source::parse(SourceFile::from_text(shown, text)).map(Arc::new)
    }

    /// What a folder holds; empty where it cannot be read.
    pub(super) fn folder(&self, relative: &Path) -> Arc<Folder> {
        let mut listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = listed.get(relative) {
            return Arc::clone(folder);
        }
        let folder = Arc::new(self.list(relative));
        listed.insert(relative.to_owned(), Arc::clone(&folder));
        folder
    }

    fn list(&self, relative: &Path) -> Folder {
        let mut folder = Folder::default();
        let Ok(entries) = std::fs::read_dir(self.root.join(relative)) else {
            return folder;
        };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let is_folder = match entry.file_type() {
                Ok(kind) if kind.is_symlink() => entry.path().is_dir(),
                Ok(kind) => kind.is_dir(),
                Err(_) => false,
            };
            if is_folder {
                folder.folders.push(name);
            } else {
                folder.files.push(name);
            }
        }
        folder
    }
}

/// What Python itself refuses, or nobody writes.
fn refuse_unusual(file: &Arc<SourceFile>) -> Result<(), Diagnostic> {
    if file.text().len() > MAX_MODULE_BYTES {
        let limit = MAX_MODULE_BYTES / (1024 * 1024);
        let message = format!("`{}` is larger than {limit} MiB", display_path(file.path()));
        return Err(Diagnostic::error(DiagnosticCode::FileTooLarge, message)
            .at(file, Span::at(0))
            .with_help("the file was left out of the analysis; keep data in a data file"));
    }
    match memchr::memchr(0, file.text().as_bytes()) {
        Some(at) => {
            let message = "not valid Python: a null byte";
            Err(Diagnostic::error(DiagnosticCode::PythonSyntax, message)
                .at(file, Span::new(at, at + 1))
                .with_help("the file was left out of the analysis; remove the byte"))
        }
        None => Ok(()),
    }
}

/// A tree is no deeper than its longest logical line has tokens, below its indentation.
fn is_shallow(parsed: &Parsed<ModModule>) -> bool {
    const MAX_TOKENS: usize = 1000;
    const MAX_INDENTS: usize = 200;
    let mut tokens = 0;
    let mut indents = 0_usize;
    parsed.tokens().iter().all(|token| {
        match token.kind() {
            TokenKind::Newline => tokens = 0,
            TokenKind::Indent => indents += 1,
            TokenKind::Dedent => indents = indents.saturating_sub(1),
            _ => tokens += 1,
        }
        tokens <= MAX_TOKENS && indents <= MAX_INDENTS
    })
}

fn syntax_error(file: &Arc<SourceFile>, error: &ParseError) -> Diagnostic {
    let place = Span::new(error.start().to_usize(), error.end().to_usize());
    if let Some((place, what)) = python2(file) {
        return Diagnostic::error(
            DiagnosticCode::Python2Source,
            format!("this is Python 2: {what}"),
        )
        .at(file, place)
        .with_help(
            "Lambda has no Python 2 runtime any more; port the file to Python 3 first, for \
             example with 2to3",
        );
    }
    Diagnostic::error(
        DiagnosticCode::PythonSyntax,
        format!("not valid Python: {}", error.error),
    )
    .at(file, place)
    .with_help("the file was left out of the analysis; correct the syntax and scan again")
}

/// The first line that only Python 2 accepts. Asked only of a file that is not valid Python 3.
fn python2(file: &SourceFile) -> Option<(Span, &'static str)> {
    let mut offset = 0;
    for line in file.text().split_inclusive('\n') {
        let code = line.trim();
        let indent = line.len() - line.trim_start().len();
        let place = Span::new(offset + indent, offset + indent + code.len());
        offset += line.len();
        if code.starts_with('#') {
            continue;
        }
        if code.starts_with("print \"") || code.starts_with("print '") || code == "print" {
            return Some((place, "`print` is a statement"));
        }
        let handler = code.starts_with("except ") && code.ends_with(':');
        if handler && code.contains(", ") && !code.contains('(') && !code.contains(" as ") {
            return Some((place, "`except` names its exception after a comma"));
        }
        if code.starts_with("exec \"") || code.starts_with("exec '") {
            return Some((place, "`exec` is a statement"));
        }
        if code.starts_with("raise ") && code.contains("Error, ") && !code.contains('(') {
            return Some((place, "`raise` gives its message after a comma"));
        }
        let name = |text: &str| {
            text.chars()
                .next()
                .is_some_and(|c| c.is_alphabetic() || c == '_')
        };
        if code.strip_prefix("print ").is_some_and(name) {
            return Some((place, "`print` is a statement"));
        }
    }
    None
}

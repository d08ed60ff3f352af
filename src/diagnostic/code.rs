use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal;)+) => {
        /// The stable codes. A code, once published, keeps its meaning.
        ///
        /// GM01: files and their syntax; GM02: SAM templates; GM03: Python; GM04: AWS and the
        /// analysis; GM05: edits, plans and their application; GM06: the command line.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as shown, such as `GM0101`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// What the code stands for, in one sentence.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_ascii(),)+ }
            }
        }
    };
}

codes! {
    // Files and their syntax.
    /// A file that is named does not exist.
    MissingFile = "GM0101";
    /// A file or folder exists but cannot be read.
    UnreadableFile = "GM0102";
    /// A file is not valid UTF-8.
    NotUtf8 = "GM0103";
    /// A file is too large to be source.
    FileTooLarge = "GM0104";
    /// A path leaves the project, by its text or through a symbolic link.
    PathLeavesProject = "GM0105";
    /// A file is not valid YAML.
    InvalidYaml = "GM0110";
    /// A mapping has the same key twice; SAM takes the last.
    DuplicateKey = "GM0111";
    /// A document nests too deep.
    NestedTooDeep = "GM0112";
    /// Aliases expand to more values than a template can need.
    AliasBomb = "GM0113";
    /// An alias contains itself.
    RecursiveAlias = "GM0114";
    /// A file holds several YAML documents.
    SeveralDocuments = "GM0115";

    // SAM templates.

    // Python.
    /// A Python file is not valid Python 3.
    PythonSyntax = "GM0301";
    /// A Python file is written in Python 2.
    Python2Source = "GM0302";
    /// A handler's name does not name a module and a function.
    InvalidHandler = "GM0303";
    /// The module that a handler names was not found.
    MissingHandlerModule = "GM0304";
    /// The handler's module has no function of the handler's name.
    MissingHandlerFunction = "GM0305";
    /// Python code nests too deep to be analysed.
    PythonTooDeep = "GM0306";
    /// A relative import leads to no module of the function.
    UnresolvedImport = "GM0307";
    /// The analysis of a function's names was stopped at its bound.
    AnalysisBound = "GM0308";
    /// A boto3 object has no such method.
    UnknownAwsMethod = "GM0309";

    // AWS and the analysis.

    // Edits, plans and their application.

    // The command line.
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

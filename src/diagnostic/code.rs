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

    // AWS and the analysis.

    // Edits, plans and their application.
    /// Two edits change the same text of a file.
    EditsOverlap = "GM0520";
    /// The place that an edit needs is not in the file.
    EditTargetMissing = "GM0521";
    /// What an edit would add is in the file already.
    EditTargetExists = "GM0522";
    /// A value is of another kind than an edit of it needs.
    EditTargetKind = "GM0523";
    /// A value is shared through an anchor, alias or merge key, and an edit would change others.
    EditTargetShared = "GM0524";
    /// A key that an edit names stands more than once.
    EditTargetDuplicate = "GM0525";
    /// A new value cannot be written in the file's format or at its place.
    EditUnwritable = "GM0526";
    /// An edited text, read again, does not hold the intended value, so nothing is written.
    EditNotVerified = "GM0527";
    /// A file that an edit needs cannot be read as what it should be.
    EditUnreadable = "GM0528";

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

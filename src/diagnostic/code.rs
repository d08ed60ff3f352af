use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal;)+) => {
        /// The stable codes. A code, once published, keeps its meaning.
        ///
        /// GM01: files and their syntax; GM02: SAM templates; GM03: Python; GM04: AWS and the
        /// analysis; GM05: edits, plans and their application; GM06: the command line;
        /// GM07: running functions, from GM0780 on the tools for it; GM08: translation to Rust.
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

    /// A file is not valid TOML.
    InvalidToml = "GM0116";

    // SAM templates.
    /// A value of a template has the wrong shape and is passed over.
    WrongShape = "GM0201";
    /// The code of a function lies outside the project.
    CodeOutsideProject = "GM0202";
    /// The code of a function cannot be read.
    MissingCode = "GM0203";
    /// A stack nests itself.
    CyclicNesting = "GM0204";
    /// No template was found.
    NoTemplate = "GM0205";
    /// A template has more resources than are read.
    TooManyResources = "GM0206";

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
    /// A plan cannot be read: not the JSON of a plan, of another version, or too large.
    PlanUnreadable = "GM0501";
    /// A path in a plan is not one that the tool may write.
    PlanPath = "GM0502";
    /// A file differs from the one that the plan was computed on.
    PlanConflict = "GM0503";
    /// A file that a plan would create exists already.
    PlanTargetExists = "GM0504";
    /// A path in a plan leads to something other than a regular file, or through a symbolic link.
    PlanTargetKind = "GM0505";
    /// The working tree has uncommitted changes.
    DirtyTree = "GM0506";
    /// The project is under no version control.
    NoVersionControl = "GM0507";
    /// Git could not be run or failed.
    GitFailed = "GM0508";
    /// Another process is changing the project.
    ProjectLocked = "GM0509";
    /// The disk refused an operation, and the tree is as it was before.
    DiskFailed = "GM0510";
    /// A change stopped half-way and could not be taken back; the next run tries again.
    RepairPending = "GM0511";
    /// There is no change left to undo.
    NothingToUndo = "GM0512";
    /// A file was changed after the change that would be undone.
    UndoConflict = "GM0513";
    /// The tool's own records in the project are damaged or of a newer version.
    StateDamaged = "GM0514";
    /// A change that was interrupted has been taken back.
    ChangeRepaired = "GM0515";
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
    /// A function that is named does not exist.
    UnknownFunction = "GM0601";
    /// A name fits several functions.
    AmbiguousFunction = "GM0602";

    // Running functions.
    /// A function could not be run or compared.
    NotComparable = "GM0701";
    /// A Python version is not on the machine.
    PythonMissing = "GM0780";
    /// What running functions needs has not been installed.
    ToolsMissing = "GM0781";
    /// A tool could not be installed.
    InstallFailed = "GM0782";
    /// The packages that a function asks for could not be installed.
    RequirementsFailed = "GM0783";
    /// A function is run with another Python version than its own.
    OtherPython = "GM0784";

    // Translation to Rust.
    /// A form of Python cannot be translated.
    UnsupportedSyntax = "GM0801";
    /// Something is called or read that is not mapped to Rust.
    UnmappedCall = "GM0802";
    /// An argument of a mapped call is not mapped to Rust.
    UnmappedArgument = "GM0803";
    /// A type that matters is not known while compiling.
    UnknownType = "GM0804";
    /// A value is changed through one name and seen through another in a way that is not translated.
    Aliasing = "GM0805";
    /// A module is not mapped to Rust.
    UnmappedModule = "GM0806";
    /// The template declares the function in a way that is not rewritten.
    TemplateShape = "GM0807";
    /// A generated file was changed by hand and would be generated otherwise now.
    ChangedByHand = "GM0808";
    /// Generated Rust does not compile, which is a mistake of this tool.
    DoesNotCompile = "GM0809";
    /// Generated Rust could not be checked, for want of cargo or of packages.
    CheckFailed = "GM0810";
    /// The function is not in Python.
    NotPython = "GM0811";
    /// The Cargo workspace cannot take the crate.
    WorkspaceShape = "GM0812";
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

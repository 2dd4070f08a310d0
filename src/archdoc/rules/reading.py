"""What reading a model's files finds, before there is a model that a rule could look at."""

from __future__ import annotations

from archdoc.report import Severity
from archdoc.rules.base import Rule

READING_RULES: tuple[Rule, ...] = (
    Rule(
        name="no-model",
        code="A001",
        summary="There is no model where archdoc looked for one.",
        why="A model is a YAML file, or a folder of them: `model/`, unless another one is named.",
        example="$ archdoc check modle",
        fix="Name the model's file or folder, or begin one with `archdoc init`.",
        required=True,
    ),
    Rule(
        name="unreadable-file",
        code="A002",
        summary="A file cannot be read as text.",
        why="It is not UTF-8, or larger than 10 MiB, or its permissions do not allow it.",
        example="name: caf\\xe9     # saved as Latin-1",
        fix="Save it as UTF-8; split what is too large.",
        required=True,
    ),
    Rule(
        name="yaml-syntax",
        code="A003",
        summary="A file is not YAML.",
        why="Often a text with `: ` or `#` in it stands without quotes, or a tab indents a line.",
        example="description: Serves: everything",
        fix='Put such a text into quotes: `description: "Serves: everything"`. Indent with spaces.',
        required=True,
    ),
    Rule(
        name="empty-file",
        code="A004",
        summary="A file of the model is empty.",
        why="It adds nothing; perhaps it was not saved.",
        example="# only a comment",
        fix="Write something, or remove it.",
        required=True,
    ),
    Rule(
        name="duplicate-key",
        code="A005",
        summary="A key is given twice in one mapping.",
        why="YAML would silently keep one of the two values.",
        example="web:\n  version: 1\n  version: 2",
        fix="Keep one of them.",
        required=True,
    ),
    Rule(
        name="duplicate-id",
        code="A006",
        summary="Two files say what one id is.",
        why="A fact stands in one place. Several files may put something inside the same system, "
        "but only one of them says what it is.",
        example="# a.yaml\npeople: {user: {name: User}}\n"
        "# b.yaml\npeople: {user: {name: Customer}}",
        fix="Keep one of them. A model that changes another one says so with `extends`.",
        required=True,
    ),
    Rule(
        name="unknown-key",
        code="A007",
        summary="There is no such key in this place.",
        why="A misspelt key would silently do nothing.",
        example="web: {descripton: Serves requests.}",
        fix="Correct it: the message names the keys of this place. Free facts go into "
        "`properties`.",
        required=True,
    ),
    Rule(
        name="missing-key",
        code="A008",
        summary="A key that is needed is missing.",
        why="Without it, what is said has no meaning.",
        example="views:\n  overview: {of: app}     # of which kind?",
        fix="Add it.",
        required=True,
    ),
    Rule(
        name="wrong-type",
        code="A009",
        summary="A value is of the wrong form: a list for a text, a text for a mapping.",
        why="Its meaning cannot be guessed.",
        example="systems: [app]     # a mapping from ids to systems is wanted",
        fix="Write it in the form that the message names.",
        required=True,
    ),
    Rule(
        name="invalid-value",
        code="A010",
        summary="A value is not possible in its place.",
        why="It is out of range, or none of the words that mean something there.",
        example="web: {kind: databse}",
        fix="Use one of the values that the message names.",
        required=True,
    ),
    Rule(
        name="invalid-id",
        code="A011",
        summary="An id has other characters than letters, digits, `_` and `-`.",
        why="Ids become names of files, of services and of variables. Dots join them to paths.",
        example="containers:\n  web server: {}",
        fix="Write `web-server`, and what people call it under `name`.",
        required=True,
    ),
    Rule(
        name="missing-file",
        code="A012",
        summary="A file, a folder or a package that the model names is not there.",
        why="`include` and `extends` take paths relative to the file that says them.",
        example="include: pepole.yaml",
        fix="Correct the path, or install the package.",
        required=True,
    ),
    Rule(
        name="outside-file",
        code="A013",
        summary="A path or a link leads out of the project.",
        why="A model may come from anybody, so nothing outside of its project is read. The project "
        "is the checkout that it is in.",
        example="include: ../../../etc/secrets.yaml",
        fix="Copy the file into the project. Models that several projects share go into a package: "
        "`extends: {package: acme_models, folder: web}`.",
        required=True,
    ),
    Rule(
        name="include-cycle",
        code="A014",
        summary="Files include each other in a circle.",
        why="Probably one of them was meant to include another file.",
        example="# a.yaml\ninclude: b.yaml\n# b.yaml\ninclude: a.yaml",
        fix="Take one `include` out. Files of one folder are one model without any.",
        required=True,
    ),
    Rule(
        name="extends-cycle",
        code="A015",
        summary="A model, an environment or a view extends itself.",
        why="There would be nothing to begin with.",
        example="environments:\n  a: {extends: b}\n  b: {extends: a}",
        fix="Let one of them extend nothing.",
        required=True,
    ),
    Rule(
        name="removes-nothing",
        code="A016",
        summary="`null` or `remove: true` removes something that is not inherited.",
        why="What should be gone is still there, under another name.",
        example="environments:\n  live: {extends: compose, nodes: {projct: null}}",
        fix="Correct the name.",
        required=True,
    ),
    Rule(
        name="overrides-nothing",
        code="A017",
        summary="An `extends` changes nothing, or says again what it inherits.",
        why="It looks like a difference, and is none; when the base changes, it silently becomes "
        "one.",
        example="extends: ../base\nsystems: {app: {containers: {django: {version: '4.2'}}}}"
        "     # as in the base",
        fix="Leave it out.",
        severity=Severity.WARNING,
    ),
    Rule(
        name="foreign-file",
        code="A018",
        summary="A file in the model's folder is no part of the model.",
        why="It ends in neither `.yaml` nor `.yml`, and no element names it: perhaps its name is "
        "misspelt. Hidden files and backups are passed over in silence.",
        example="model/app.yaml.txt",
        fix="Name it under `files:` or `docs:`, rename it, or move it out of the model's folder.",
        severity=Severity.WARNING,
    ),
    Rule(
        name="unused-ignore",
        code="A502",
        summary="A comment ignores a finding that is not there.",
        why="The mistake has been mended, or the rule's name is misspelt. The comment would hide "
        "the next mistake on its line.",
        example="- web -> db: SQL queries     # archdoc: ignore[missing-label] it is obvious",
        fix="Remove the comment, or correct the name.",
        severity=Severity.WARNING,
    ),
    Rule(
        name="unexplained-ignore",
        code="A503",
        summary="A comment ignores a finding and does not say which, or why.",
        why="The next reader has to know whether the reason still holds.",
        example="- web -> db     # archdoc: ignore[missing-label]",
        fix="Write the rule and the reason: `# archdoc: ignore[missing-label] drawn for a talk`.",
        severity=Severity.WARNING,
    ),
)
"""Findings with these names come from `source`, or from reading the comments of files."""

OUTPUT_RULES: tuple[Rule, ...] = (
    Rule(
        name="compose",
        code="A601",
        summary="A compose file cannot be derived.",
        why="A placeholder means nothing, or a file that a service mounts is missing.",
        example='web: {service: {image: "web:{{ web.verison }}"}}',
        fix="The message says what is missing, and where.",
        required=True,
    ),
    Rule(
        name="missing-engine",
        code="A602",
        summary="A program that draws or builds is missing.",
        why="Pictures need Java, PlantUML and Graphviz, or PlantUML servers that answer, and the "
        "site needs mkdocs.",
        example="$ pip install archdoc-c4     # without [all]",
        fix="`pip install 'archdoc-c4[all]'` brings all; `archdoc doctor` says what is found.",
        required=True,
    ),
    Rule(
        name="render-failed",
        code="A603",
        summary="An engine could not draw a picture.",
        why="It stopped, took too long, ran out of memory, or complained. Only this picture is "
        "missing. The place is its view's or, for a view that nobody wrote, that of what it shows.",
        example="diagrams/app.svg could not be drawn: PlantUML took longer than 60 s",
        fix="Let the view show less, where it asks too much of the engine; else please report it "
        "with the picture's source.",
        required=True,
    ),
    Rule(
        name="inconsistent-output",
        code="A604",
        summary="An output does not show what the model says.",
        why="Every output is read back and compared. This one differs, so it is wrong.",
        example="diagrams/live.svg does not show what the model says: …",
        fix="Please report it: it is a mistake of archdoc's.",
        required=True,
    ),
    Rule(
        name="output-folder",
        code="A605",
        summary="The output folder cannot be written, or holds somebody else's files.",
        why="archdoc removes what it wrote and no longer makes, and never touches anything else: "
        "what its `manifest.json` does not list, and does not say itself that archdoc made it.",
        example="$ archdoc build -o /",
        fix="Name another folder with `-o`, move away what is in the way, or check permissions.",
        required=True,
    ),
    Rule(
        name="own-page",
        code="A606",
        summary="A page in `docs/` asks for something that does not exist.",
        why="The page shows this message in its place.",
        example="```archdoc\nview: overveiw\n```",
        fix="Correct the name of the view, element or attribute.",
        required=True,
    ),
    Rule(
        name="site",
        code="A607",
        summary="The site engine complains of a page or of its settings.",
        why="Most often a link on a page of your own leads nowhere.",
        example="[see there](nowhere.md)",
        fix="Correct the link.",
        severity=Severity.WARNING,
        required=True,
    ),
    Rule(
        name="unlike-servers",
        code="A608",
        summary="PlantUML servers draw differently.",
        why="Their PlantUMLs, fonts or configurations differ, so the look of a picture depends on "
        "which of them had time for it.",
        example="render:\n  servers: [http://new.example.org, http://old.example.org]",
        fix="Give all of them the same version, fonts and configuration. `archdoc doctor` says how "
        "each of ARCHDOC_SERVERS draws.",
        severity=Severity.WARNING,
        required=True,
    ),
    Rule(
        name="missing-letter",
        code="A609",
        summary="No font has a letter of a label.",
        why="Pictures show an empty box in its place. They bring their fonts along, so that they "
        "look the same everywhere: those of this machine are not asked.",
        example="name: Hieroglyphs \U00013000",
        fix="Write it in other letters. `archdoc doctor` says which fonts are there; those for "
        "scripts other than Latin, Greek and Cyrillic, for emoji and for Chinese, Japanese and "
        "Korean come with `pip install 'archdoc-c4[render]'`.",
        severity=Severity.WARNING,
        required=True,
    ),
)
"""Findings with these names come from making outputs."""

pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme

// The same eight keys in the same place on every screen.
Rectangle {
    id: bar

    property bool canGoBack: true
    property bool canGoHome: true
    property bool canRepeat: false
    property string language: "ko"
    readonly property int columns: Theme.portrait ? 4 : 8
    readonly property int rows: 8 / columns
    readonly property real keyWidth: (width - (columns + 1) * Theme.spaceS) / columns
    // Names stay, so that a key keeps the focus while its word or state changes.
    readonly property list<string> keys: ["back", "home", "help", "language", "large", "contrast", "low", "repeat"]
    readonly property var glyphs: ({ back: "back", home: "home", help: "bell", language: "language", large: "large", contrast: "contrast", low: "low", repeat: "speaker" })
    readonly property var words: ({
        back: qsTr("이전"),
        home: qsTr("처음으로"),
        help: qsTr("직원 호출"),
        language: bar.language === "ko" ? "English" : "한국어",
        large: qsTr("큰 글씨"),
        contrast: qsTr("고대비"),
        low: qsTr("낮은 화면"),
        repeat: qsTr("다시 듣기")
    })
    readonly property var modes: ({ large: Theme.largeText, contrast: Theme.highContrast, low: Theme.lowScreen })
    // All alike, and so large that the longest word keeps off the edge of its key.
    readonly property real lettering: Math.min(Theme.textS, Theme.textS * (keyWidth - 2 * Theme.spaceS) / Math.max(1, ...keys.map(key => metrics.advanceWidth(words[key]))))
    readonly property real cell: Math.max(Theme.touchTarget, (Theme.largeText ? 2.1 : 2.3) * Theme.textS + Theme.spaceS / 2)

    signal back
    signal home
    signal help
    signal repeat
    signal speak(language: string)
    signal largeText
    signal highContrast
    signal lowScreen

    function act(name: string): void {
        switch (name) {
        case "back": back(); break;
        case "home": home(); break;
        case "help": help(); break;
        case "repeat": repeat(); break;
        case "language": speak(language === "ko" ? "en" : "ko"); break;
        case "large": largeText(); break;
        case "contrast": highContrast(); break;
        case "low": lowScreen(); break;
        }
    }

    color: Theme.quiet
    implicitHeight: rows * cell + (rows + 1) * Theme.spaceS

    FontMetrics {
        id: metrics
        font.family: Theme.family
        font.pixelSize: Theme.textS
        font.weight: Theme.bold
    }

    Rectangle {
        width: parent.width
        height: Theme.line
        color: Theme.edge
    }

    Grid {
        anchors.fill: parent
        anchors.margins: Theme.spaceS
        columns: bar.columns
        spacing: Theme.spaceS

        Repeater {
            model: bar.keys

            IconButton {
                required property string modelData

                objectName: "bar_" + modelData
                width: bar.keyWidth
                height: bar.cell
                textSize: bar.lettering
                glyph: Theme.largeText ? "" : bar.glyphs[modelData]
                text: bar.words[modelData]
                enabled: modelData === "back" ? bar.canGoBack : modelData === "home" ? bar.canGoHome : modelData === "repeat" ? bar.canRepeat : true
                checkable: modelData in bar.modes
                checked: bar.modes[modelData] ?? false
                kind: checked ? "primary" : "outline"
                Accessible.role: checkable ? Accessible.CheckBox : Accessible.Button
                onActed: bar.act(modelData)
            }
        }
    }
}

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
    readonly property var keys: [
        { name: "back", glyph: "back", word: qsTr("이전"), on: bar.canGoBack, checked: false },
        { name: "home", glyph: "home", word: qsTr("처음으로"), on: bar.canGoHome, checked: false },
        { name: "help", glyph: "bell", word: qsTr("직원 호출"), on: true, checked: false },
        { name: "language", glyph: "language", word: bar.language === "ko" ? "English" : "한국어", on: true, checked: false },
        { name: "large", glyph: "large", word: qsTr("큰 글씨"), on: true, checked: Theme.largeText },
        { name: "contrast", glyph: "contrast", word: qsTr("고대비"), on: true, checked: Theme.highContrast },
        { name: "low", glyph: "low", word: qsTr("낮은 화면"), on: true, checked: Theme.lowScreen },
        { name: "repeat", glyph: "speaker", word: qsTr("다시 듣기"), on: bar.canRepeat, checked: false }
    ]
    // All alike, and so large that the longest word keeps off the edge of its key.
    readonly property real lettering: Math.min(Theme.textS, Theme.textS * (keyWidth - 2 * Theme.spaceS) / Math.max(1, ...keys.map(key => metrics.advanceWidth(key.word))))
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
                required property var modelData

                objectName: "bar_" + modelData.name
                width: bar.keyWidth
                height: bar.cell
                textSize: bar.lettering
                glyph: Theme.largeText ? "" : modelData.glyph
                text: modelData.word
                enabled: modelData.on
                checked: modelData.checked
                kind: checked ? "primary" : "outline"
                onActed: bar.act(modelData.name)
            }
        }
    }
}

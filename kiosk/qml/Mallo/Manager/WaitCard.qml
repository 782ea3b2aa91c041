pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Manager
import Mallo.Theme

// How long customers wait for a spoken answer, and for what of it.
Card {
    id: card

    required property WaitModel model

    readonly property real columnWidth: 190 * Theme.unit

    function seconds(told: real): string {
        return told < 0 ? "–" : qsTr("%1초").arg(told.toFixed(2));
    }

    function nameOf(span: string): string {
        switch (span) {
        case "total": return qsTr("모두");
        case "endpointing": return qsTr("말 끝 알기");
        case "upload": return qsTr("소리 보내기");
        case "stt": return qsTr("알아듣기");
        case "understanding": return qsTr("뜻 알기");
        case "tts": return qsTr("목소리 만들기");
        case "output": return qsTr("들려주기");
        default: return span;
        }
    }

    objectName: "waits"
    visible: model.turns > 0
    height: visible ? column.height + 2 * Theme.spaceL * 1.2 : 0

    Column {
        id: column
        x: Theme.spaceL * 1.8
        y: Theme.spaceL * 1.2
        width: parent.width - 2 * x
        spacing: Theme.spaceS

        Label {
            text: qsTr("말한 뒤 대답까지")
            strong: true
            font.pixelSize: Theme.textL
        }

        Label {
            objectName: "waitTurns"
            width: parent.width
            text: qsTr("말로 한 대화 %1번 · 그중 %2번은 모델 없이").arg(card.model.turns).arg(card.model.local)
            second: true
        }

        Row {
            anchors.right: parent.right
            topPadding: Theme.spaceS

            Repeater {
                model: [qsTr("보통"), qsTr("열에 하나"), qsTr("백에 하나")]

                Label {
                    required property string modelData
                    width: card.columnWidth
                    text: modelData
                    second: true
                    horizontalAlignment: Text.AlignRight
                }
            }
        }

        Repeater {
            model: card.model

            Row {
                id: row

                required property string span
                required property real half
                required property real tenth
                required property real hundredth
                readonly property bool whole: span === "total"

                objectName: "wait_" + span
                width: column.width
                Accessible.role: Accessible.StaticText
                Accessible.name: card.nameOf(span) + " " + card.seconds(half) + ", " + card.seconds(tenth) + ", " + card.seconds(hundredth)

                Label {
                    width: parent.width - 3 * card.columnWidth
                    text: card.nameOf(row.span)
                    strong: row.whole
                    elide: Text.ElideRight
                }

                Label { width: card.columnWidth; text: card.seconds(row.half); strong: row.whole; horizontalAlignment: Text.AlignRight }
                Label { width: card.columnWidth; text: card.seconds(row.tenth); strong: row.whole; horizontalAlignment: Text.AlignRight }
                Label { width: card.columnWidth; text: card.seconds(row.hundredth); strong: row.whole; horizontalAlignment: Text.AlignRight }
            }
        }
    }
}

pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Manager
import Mallo.Theme

// One engine under the name of its work: which model, how it is, and where it does not work why, what to do, and who
// serves customers meanwhile. One that is off is told calmly: it was never set up.
Column {
    id: row

    required property int index
    required property string capability
    required property string engine
    required property string model
    required property string condition
    required property list<string> languages
    required property string reason
    required property var notices
    required property bool first
    required property bool inUse
    required property bool missing
    required property bool down
    required property string instead
    required property bool leads
    required property bool deaf
    property real viewTop: 0        // what of the list can be seen, in its own coordinates
    property real viewBottom: 1e9
    readonly property bool off: condition === "off"
    readonly property real indent: sign.size + Theme.spaceL
    readonly property color tone: instead !== "" ? Theme.warn : Theme.bad

    function about(): string {
        return [model, languages.length ? words.languages(languages) : ""].filter(part => part !== "").join(" · ");
    }

    // The software renderer draws icons outside what clips them: those that are cut are not drawn.
    function whole(top: real, tall: real): bool {
        return y + top >= viewTop && y + top + tall <= viewBottom;
    }

    objectName: "engine_" + capability + "_" + engine
    spacing: 0
    bottomPadding: Theme.spaceS

    EngineWords { id: words }

    Item {
        width: parent.width
        height: row.first && row.index > 0 ? Theme.spaceL : 0
        visible: height > 0

        Rectangle {
            width: parent.width
            y: parent.height / 2
            height: Theme.line
            color: Theme.edge
        }
    }

    Item {
        id: head
        objectName: "engine_" + row.capability
        visible: row.first
        width: parent.width
        height: visible ? Math.max(sign.height, heading.height) + Theme.spaceS : 0

        Icon {
            id: sign
            y: (heading.height - height) / 2
            visible: row.whole(head.y, head.height)
            name: ({ language: "language", speech_to_text: "mic", text_to_speech: "speaker", image: "cake" })[row.capability] ?? "language"
            size: Theme.textL
            color: Theme.primary
        }

        Label {
            id: heading
            x: row.indent
            width: parent.width - x
            text: words.capability(row.capability)
            strong: true
            font.pixelSize: Theme.textM
        }
    }

    Label {
        objectName: "deaf"
        x: row.indent
        width: parent.width - x
        visible: row.first && row.deaf
        text: words.deaf(row.capability)
        strong: true
        color: Theme.warn
        bottomPadding: Theme.spaceS
    }

    Item {
        id: line
        x: row.indent
        width: parent.width - x
        height: Math.max(name.height, tag.height)

        Row {
            id: name
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.spaceM

            Label {
                objectName: "engineName"
                text: row.missing ? qsTr("엔진이 없어요.") : words.engine(row.engine)
                strong: true
                second: row.off
                wrapMode: Text.NoWrap
            }

            Label {
                objectName: "engineModel"
                visible: text !== ""
                text: row.about()
                second: true
                wrapMode: Text.NoWrap
            }
        }

        Tag {
            id: tag
            objectName: "engineState"
            iconShown: row.whole(line.y, line.height)
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            text: row.inUse ? qsTr("쓰는 중") : row.condition === "ready" ? qsTr("대기") : row.off ? qsTr("꺼짐") : row.missing ? qsTr("없음")
                : row.condition === "misconfigured" ? qsTr("설정 확인") : qsTr("쓸 수 없음")
            glyph: row.inUse ? "check" : row.condition === "ready" ? "clock" : row.off ? "" : "warn"
            face: row.inUse ? Theme.good : row.condition === "ready" || row.off ? Theme.quiet : row.tone
            lettering: row.inUse || row.down ? Theme.signalInk : row.off ? Theme.inkSecond : Theme.ink
        }
    }

    Label {
        objectName: "explanation"
        x: row.indent
        width: parent.width - x
        visible: text !== ""
        text: row.down || row.off ? (words.why(row.reason) + " " + words.todo(row.reason, row.engine, row.capability)).trim() : ""
        strong: row.down
        color: row.down ? row.tone : Theme.inkSecond
    }

    Label {
        objectName: "meanwhile"
        x: row.indent
        width: parent.width - x
        visible: text !== ""
        text: !row.down || !row.leads ? "" : row.instead !== "" ? words.meanwhile([row.instead]) : words.unserved(row.capability)
    }

    Repeater {
        model: row.notices

        Row {
            id: notice

            required property var modelData
            readonly property bool calm: modelData.code === "model_retired" && modelData.instead !== ""

            x: row.indent
            spacing: Theme.spaceS

            Icon {
                y: (warning.height / Math.max(1, warning.lineCount) - height) / 2
                visible: row.whole(notice.y, notice.height)
                name: notice.calm ? "again" : "clock"
                size: Theme.textS
                color: warning.color
            }

            Label {
                id: warning
                objectName: "warning"
                width: row.width - row.indent - Theme.textS - Theme.spaceS
                text: (words.warning(notice.modelData.code, notice.modelData.model, notice.modelData.instead, notice.modelData.ends, notice.modelData.days_left)
                       + " " + words.advice(notice.modelData.code, row.engine, row.capability)).trim()
                color: notice.calm ? Theme.inkSecond : Theme.warn
            }
        }
    }
}

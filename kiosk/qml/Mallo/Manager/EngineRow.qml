import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Theme

// One engine: what it does, its name, whether it is ready, and if not, why.
Item {
    id: row

    required property int index
    required property string capability
    required property string engine
    required property string condition
    required property var languages
    required property string reason
    required property bool inUse
    required property bool missing
    readonly property bool ready: row.condition === "ready"

    readonly property var names: ({ language: qsTr("말 알아듣기"), speech_to_text: qsTr("음성 듣기"),
                                    text_to_speech: qsTr("소리 내어 말하기"), image: qsTr("그림 그리기") })
    readonly property var glyphs: ({ language: "keyboard", speech_to_text: "mic", text_to_speech: "speaker", image: "cake" })

    function languageNames(): string {
        const known = ({ ko: qsTr("한국어"), en: qsTr("영어") });
        const shown = row.languages.slice(0, 3).map(code => known[code] ?? code);
        const more = row.languages.length - shown.length;
        return shown.join(", ") + (more > 0 ? " " + qsTr("외 %1개").arg(more) : "");
    }

    function explanation(): string {
        if (row.missing)
            return qsTr("쓸 수 있는 엔진이 없어요. 주문은 터치와 글로 그대로 받을 수 있어요.");
        if (row.condition === "misconfigured")
            return qsTr("설정이 맞지 않아요. 설정을 고치고 서버를 다시 켜 주세요.") + (row.reason === "" ? "" : " (" + row.reason + ")");
        if (row.condition === "unavailable")
            return qsTr("지금은 응답하지 않아요.") + (row.reason === "" ? "" : " (" + row.reason + ")");
        return row.languages.length ? languageNames() : "";
    }

    objectName: "engine_" + capability
    height: words.height + 2 * Theme.spaceL

    Rectangle {
        anchors { left: parent.left; right: parent.right; top: parent.top }
        visible: row.index > 0
        height: Theme.line
        color: Theme.edge
    }

    Icon {
        id: sign
        anchors.verticalCenter: parent.verticalCenter
        name: row.glyphs[row.capability] ?? "dots"
        size: Theme.textL * 1.3
        color: row.ready ? Theme.ink : Theme.bad
    }

    Column {
        id: words
        anchors { left: sign.right; leftMargin: Theme.spaceL * 1.4; right: tag.left; rightMargin: Theme.spaceL; verticalCenter: parent.verticalCenter }

        Label {
            width: parent.width
            text: row.missing ? row.names[row.capability] : qsTr("%1 · %2").arg(row.names[row.capability]).arg(row.engine)
            strong: true
            font.pixelSize: Theme.textM
        }

        Label {
            objectName: "explanation"
            width: parent.width
            visible: text !== ""
            text: row.explanation()
            second: true
        }
    }

    Tag {
        id: tag
        objectName: "engineState"
        anchors { right: parent.right; verticalCenter: parent.verticalCenter }
        text: row.inUse ? qsTr("쓰는 중") : row.ready ? qsTr("대기") : row.missing ? qsTr("없음")
            : row.condition === "misconfigured" ? qsTr("설정 확인") : qsTr("응답 없음")
        glyph: row.inUse ? "check" : row.ready ? "clock" : "warn"
        face: row.inUse ? Theme.good : row.ready ? Theme.quiet : Theme.bad
        lettering: row.inUse || !row.ready ? Theme.signalInk : Theme.ink
    }
}

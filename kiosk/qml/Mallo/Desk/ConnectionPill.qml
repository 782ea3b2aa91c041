import QtQuick
import Mallo.Theme

// The state of the live connection, always in words. state: "connecting", "live", "lost" or "refused".
Tag {
    id: pill

    required property string connection
    readonly property bool bad: connection === "lost" || connection === "refused"

    objectName: "connectionPill"
    text: connection === "live" ? qsTr("연결됨")
        : connection === "connecting" ? qsTr("연결하는 중")
        : connection === "lost" ? qsTr("연결 끊김") : qsTr("연결 거절됨")
    glyph: connection === "live" ? "check" : connection === "connecting" ? "dots" : "warn"
    face: bad ? Theme.bad : connection === "live" ? Theme.good : Theme.quiet
    lettering: connection === "connecting" ? Theme.ink : Theme.signalInk
    Accessible.role: Accessible.Indicator
    Accessible.name: text
}

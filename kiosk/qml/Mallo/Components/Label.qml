import QtQuick
import Mallo.Theme

// All text of the windows. Korean breaks between words, and nothing is ever cut: there is no elision.
Text {
    property bool strong: false
    property bool second: false
    readonly property string aloud: Accessible.ignored ? "" : Accessible.name

    color: second ? Theme.inkSecond : Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.textS
    font.weight: strong ? Theme.bold : Theme.regular
    lineHeight: 1.02
    wrapMode: Text.WordWrap
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}

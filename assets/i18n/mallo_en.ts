<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="ko_KR">
<context>
    <name>AlarmStrip</name>
    <message>
        <source>새 주문 %1건을 %2초째 아무도 보지 않았어요. 아무 키나 누르거나 화면을 만져 주세요.</source>
        <translation>%1 new, and nobody has looked for %2 s. Press any key or touch the screen.</translation>
    </message>
</context>
<context>
    <name>AttractPage</name>
    <message>
        <source>말로 파티스리</source>
        <translation>Mallo Patisserie</translation>
    </message>
    <message>
        <source>말하면
주문돼요</source>
        <translation>Just say it,
and it&apos;s ordered</translation>
    </message>
    <message>
        <source>“딸기 케이크 두 개 주세요”</source>
        <translation>“Two strawberry cakes, please”</translation>
    </message>
    <message>
        <source>눌러서 말하기</source>
        <translation>Tap to talk</translation>
    </message>
    <message>
        <source>화면에서 고르기</source>
        <translation>Choose on screen</translation>
    </message>
    <message>
        <source>글자로 적기</source>
        <translation>Type instead</translation>
    </message>
    <message>
        <source>누르면
주문돼요</source>
        <translation>Just tap,
and it's ordered</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>말로 주방</source>
        <translation>Mallo kitchen</translation>
    </message>
    <message>
        <source>접수</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>기다리는 주문이 없어요</source>
        <translation>No orders are waiting</translation>
    </message>
    <message>
        <source>새 주문이 오면 소리와 함께 여기에 떠요.</source>
        <translation>New orders appear here with a sound.</translation>
    </message>
    <message>
        <source>준비 중</source>
        <translation>Preparing</translation>
    </message>
    <message>
        <source>준비 중인 주문이 없어요</source>
        <translation>Nothing is being prepared</translation>
    </message>
    <message>
        <source>접수된 주문을 맡으면 여기로 와요.</source>
        <translation>Orders you take come here.</translation>
    </message>
    <message>
        <source>완료</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>건넬 주문이 없어요</source>
        <translation>Nothing to hand over</translation>
    </message>
    <message>
        <source>준비가 끝난 주문이 여기에서 손님을 기다려요.</source>
        <translation>Finished orders wait here for the customer.</translation>
    </message>
    <message>
        <source>%1번 주문을 취소할까요?</source>
        <translation>Cancel order %1?</translation>
    </message>
    <message>
        <source>취소하면 되돌릴 수 없어요. 손님에게 먼저 말해 주세요.</source>
        <translation>This cannot be undone. Please tell the customer first.</translation>
    </message>
    <message>
        <source>아니요, 그대로 둘게요</source>
        <translation>No, keep it</translation>
    </message>
    <message>
        <source>네, 취소할게요</source>
        <translation>Yes, cancel it</translation>
    </message>
    <message>
        <source>품절</source>
        <translation>Sold out</translation>
    </message>
    <message>
        <source>합계</source>
        <translation>Totals</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>이전</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>처음으로</source>
        <translation>Restart</translation>
    </message>
    <message>
        <source>직원 호출</source>
        <translation>Staff</translation>
    </message>
    <message>
        <source>큰 글씨</source>
        <translation>Big text</translation>
    </message>
    <message>
        <source>고대비</source>
        <translation>Contrast</translation>
    </message>
    <message>
        <source>낮은 화면</source>
        <translation>Lower</translation>
    </message>
    <message>
        <source>다시 듣기</source>
        <translation>Replay</translation>
    </message>
</context>
<context>
    <name>CakeSection</name>
    <message>
        <source>맛</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>색</source>
        <translation>Color</translation>
    </message>
    <message>
        <source>단</source>
        <translation>Tiers</translation>
    </message>
    <message>
        <source>글씨</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>케이크에 글씨 넣기</source>
        <translation>Write on the cake</translation>
    </message>
</context>
<context>
    <name>CartLine</name>
    <message>
        <source>방금 품절됐어요. 빼 주세요.</source>
        <translation>Just sold out. Please remove it.</translation>
    </message>
    <message>
        <source>스타일을 골라 주세요.</source>
        <translation>Please choose a style.</translation>
    </message>
    <message>
        <source>바꾸기</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>%1 바꾸기</source>
        <translation>Change %1</translation>
    </message>
    <message>
        <source>지우기</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>%1 지우기</source>
        <translation>Remove %1</translation>
    </message>
</context>
<context>
    <name>CartPage</name>
    <message>
        <source>%1, 모두 %2이에요. 맞으면 주문하기를 눌러 주세요.</source>
        <translation>%1, %2 in all. If that is right, please tap Order.</translation>
    </message>
    <message>
        <source>메뉴 %1개</source>
        <translation>%1 items</translation>
    </message>
    <message>
        <source>이대로 주문할까요?</source>
        <translation>Is this your order?</translation>
    </message>
    <message>
        <source>먹고 갈게요</source>
        <translation>Eat here</translation>
    </message>
    <message>
        <source>가져갈게요</source>
        <translation>Take away</translation>
    </message>
    <message>
        <source>할인</source>
        <translation>Discount</translation>
    </message>
    <message>
        <source>더 담기</source>
        <translation>Add more</translation>
    </message>
    <message>
        <source>주문하고 있어요…</source>
        <translation>Ordering…</translation>
    </message>
    <message>
        <source>%1 주문하기</source>
        <translation>Order · %1</translation>
    </message>
</context>
<context>
    <name>ConnectionPill</name>
    <message>
        <source>연결됨</source>
        <translation>Connected</translation>
    </message>
    <message>
        <source>연결하는 중</source>
        <translation>Connecting</translation>
    </message>
    <message>
        <source>연결 끊김</source>
        <translation>Disconnected</translation>
    </message>
    <message>
        <source>연결 거절됨</source>
        <translation>Refused</translation>
    </message>
</context>
<context>
    <name>CostCard</name>
    <message>
        <source>$0.01 미만</source>
        <translation>under $0.01</translation>
    </message>
    <message>
        <source>가격표에 없는 모델은 빠져 있어요.</source>
        <translation>Models that the price list lacks are not included.</translation>
    </message>
    <message>
        <source>오늘 %1번 불렀어요 · 최근 %2일 %3</source>
        <translation>%1 calls today · %3 in %2 days</translation>
    </message>
    <message>
        <source>오늘 쓴 비용 %1</source>
        <translation>Spent today %1</translation>
    </message>
</context>
<context>
    <name>CustomerScreen</name>
    <message>
        <source>음성 안내를 켰어요. 화살표로 움직이고 엔터로 눌러요. 화면은 한 번 누르면 읽고, 한 번 더 누르면 눌러져요.</source>
        <translation>Voice guide is on. Move with the arrows, press with Enter. One touch of the screen reads, the next one presses.</translation>
    </message>
    <message>
        <source>음성 안내를 껐어요.</source>
        <translation>Voice guide is off.</translation>
    </message>
    <message>
        <source>%1 담았어요</source>
        <translation>%1 added</translation>
    </message>
    <message>
        <source>소리 없이 글자로 답해요.</source>
        <translation>No sound: read the answers.</translation>
    </message>
</context>
<context>
    <name>DeskBar</name>
    <message>
        <source>마지막 갱신 %1</source>
        <translation>Last update %1</translation>
    </message>
    <message>
        <source>큰 글씨</source>
        <translation>Big text</translation>
    </message>
    <message>
        <source>고대비</source>
        <translation>Contrast</translation>
    </message>
    <message>
        <source>나가기</source>
        <translation>Sign out</translation>
    </message>
</context>
<context>
    <name>EngineRow</name>
    <message>
        <source>쓰는 중</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>대기</source>
        <translation>Standby</translation>
    </message>
    <message>
        <source>꺼짐</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>없음</source>
        <translation>None</translation>
    </message>
    <message>
        <source>설정 확인</source>
        <translation>Check settings</translation>
    </message>
    <message>
        <source>쓸 수 없음</source>
        <translation>Not working</translation>
    </message>
    <message>
        <source>엔진이 없어요.</source>
        <translation>There is no engine.</translation>
    </message>
</context>
<context>
    <name>EngineWords</name>
    <message>
        <source>말 알아듣기</source>
        <translation>Understanding</translation>
    </message>
    <message>
        <source>음성 듣기</source>
        <translation>Listening</translation>
    </message>
    <message>
        <source>소리 내어 말하기</source>
        <translation>Speaking</translation>
    </message>
    <message>
        <source>그림 그리기</source>
        <translation>Drawing</translation>
    </message>
    <message>
        <source>내장 규칙</source>
        <translation>Built-in rules</translation>
    </message>
    <message>
        <source>한국어</source>
        <translation>Korean</translation>
    </message>
    <message>
        <source>영어</source>
        <translation>English</translation>
    </message>
    <message>
        <source>외 %1개</source>
        <translation>and %1 more</translation>
    </message>
    <message>
        <source>API 키가 없어요.</source>
        <translation>There is no API key.</translation>
    </message>
    <message>
        <source>API 키가 맞지 않아요.</source>
        <translation>The API key is wrong.</translation>
    </message>
    <message>
        <source>이 키로는 쓸 수 없는 기능이라고 해요.</source>
        <translation>It says that this key may not do this.</translation>
    </message>
    <message>
        <source>이 나라에서는 쓸 수 없다고 해요.</source>
        <translation>It says that it does not serve this country.</translation>
    </message>
    <message>
        <source>쓸 수 있는 양을 다 썼어요.</source>
        <translation>The quota is used up.</translation>
    </message>
    <message>
        <source>짧은 시간에 너무 많이 불렀어요.</source>
        <translation>It was called too often in a short time.</translation>
    </message>
    <message>
        <source>답이 없어요.</source>
        <translation>It does not answer.</translation>
    </message>
    <message>
        <source>답이 너무 늦어요.</source>
        <translation>It answers too late.</translation>
    </message>
    <message>
        <source>설정에 적힌 모델이 이제 하나도 없어요.</source>
        <translation>None of the models in the settings is served any more.</translation>
    </message>
    <message>
        <source>알아볼 수 없는 답을 보내요.</source>
        <translation>Its answers make no sense.</translation>
    </message>
    <message>
        <source>부탁을 들어주지 않아요.</source>
        <translation>It refuses what it is asked for.</translation>
    </message>
    <message>
        <source>이 엔진이 하지 못하는 일이에요.</source>
        <translation>This engine cannot do this.</translation>
    </message>
    <message>
        <source>엔진이 멈췄어요.</source>
        <translation>The engine crashed.</translation>
    </message>
    <message>
        <source>설정이 맞지 않아요.</source>
        <translation>The settings are wrong.</translation>
    </message>
    <message>
        <source>아직 설치하지 않았어요.</source>
        <translation>It is not installed yet.</translation>
    </message>
    <message>
        <source>모델 파일이 없어요.</source>
        <translation>There is no model file.</translation>
    </message>
    <message>
        <source>모델 파일 일부가 빠졌어요.</source>
        <translation>Some model files are missing.</translation>
    </message>
    <message>
        <source>모델 파일이 망가졌어요.</source>
        <translation>The model file is damaged.</translation>
    </message>
    <message>
        <source>모델이 이 컴퓨터의 메모리보다 커요.</source>
        <translation>The model is larger than this computer's memory.</translation>
    </message>
    <message>
        <source>모델을 읽고 있어요.</source>
        <translation>The model is being loaded.</translation>
    </message>
    <message>
        <source>모델을 내려받고 있어요.</source>
        <translation>The model is being downloaded.</translation>
    </message>
    <message>
        <source>모델을 내려받지 못했어요.</source>
        <translation>The model could not be downloaded.</translation>
    </message>
    <message>
        <source>내려받을 모델을 찾지 못했어요.</source>
        <translation>The model to download was not found.</translation>
    </message>
    <message>
        <source>내려받을 모델이 너무 커요.</source>
        <translation>The model to download is too large.</translation>
    </message>
    <message>
        <source>모델을 저장할 자리가 없어요.</source>
        <translation>There is no room for the model.</translation>
    </message>
    <message>
        <source>모델 폴더에 쓸 수 없어요.</source>
        <translation>The model folder cannot be written to.</translation>
    </message>
    <message>
        <source>지금은 쓸 수 없어요. (%1)</source>
        <translation>It does not work right now. (%1)</translation>
    </message>
    <message>
        <source>%1(또는 MALLO_%1)를 설정하고 다시 시작하면 켜져요.</source>
        <translation>Set %1 (or MALLO_%1) and restart to switch it on.</translation>
    </message>
    <message>
        <source>%1 값을 확인하고 다시 시작해 주세요.</source>
        <translation>Check %1 and restart.</translation>
    </message>
    <message>
        <source>%1 계정에서 이 키의 권한을 확인해 주세요.</source>
        <translation>Check what this key may do in your %1 account.</translation>
    </message>
    <message>
        <source>쓸 수 있는 나라의 계정으로 바꾸거나 다른 엔진을 써 주세요.</source>
        <translation>Use an account of a country that is served, or another engine.</translation>
    </message>
    <message>
        <source>%1 계정의 결제와 한도를 확인해 주세요.</source>
        <translation>Check billing and limits of your %1 account.</translation>
    </message>
    <message>
        <source>잠시 뒤 저절로 다시 써요.</source>
        <translation>It is used again by itself in a moment.</translation>
    </message>
    <message>
        <source>인터넷 연결을 확인해 주세요. 저절로 다시 물어봐요.</source>
        <translation>Check the internet connection. It is tried again by itself.</translation>
    </message>
    <message>
        <source>저절로 다시 켜고 있어요. 계속되면 다시 시작해 주세요.</source>
        <translation>It is being restarted by itself. If this goes on, restart the server.</translation>
    </message>
    <message>
        <source>설정의 모델 목록(%1)을 고치고 다시 시작해 주세요.</source>
        <translation>Correct the list of models (%1) in the settings and restart.</translation>
    </message>
    <message>
        <source>저절로 다시 물어봐요. 계속되면 설정의 모델 목록(%1)을 바꿔 주세요.</source>
        <translation>It is tried again by itself. If this goes on, change the list of models (%1).</translation>
    </message>
    <message>
        <source>저절로 다시 켜고 있어요. 계속되면 기록을 확인해 주세요.</source>
        <translation>It is being restarted by itself. If this goes on, see the log.</translation>
    </message>
    <message>
        <source>make whisper를 실행하고 다시 시작하면 켜져요.</source>
        <translation>Run make whisper and restart to switch it on.</translation>
    </message>
    <message>
        <source>모델을 폴더에 넣거나 내려받기를 허락해 주세요.</source>
        <translation>Put a model into the folder, or allow the download.</translation>
    </message>
    <message>
        <source>빠진 파일도 폴더에 넣어 주세요.</source>
        <translation>Put the missing files into the folder as well.</translation>
    </message>
    <message>
        <source>모델을 다시 받아 주세요.</source>
        <translation>Fetch the model again.</translation>
    </message>
    <message>
        <source>끝나면 저절로 켜져요.</source>
        <translation>It starts by itself when that is done.</translation>
    </message>
    <message>
        <source>인터넷 연결을 확인해 주세요. 저절로 다시 받아요.</source>
        <translation>Check the internet connection. The download is tried again by itself.</translation>
    </message>
    <message>
        <source>디스크를 비우면 저절로 다시 받아요.</source>
        <translation>Free some disk space; the download is tried again by itself.</translation>
    </message>
    <message>
        <source>폴더의 권한을 고치면 저절로 다시 받아요.</source>
        <translation>Correct the folder's permissions; the download is tried again by itself.</translation>
    </message>
    <message>
        <source>설정을 확인하고 다시 시작해 주세요. 자세한 것은 기록에 있어요.</source>
        <translation>Check the settings and restart. The log says more.</translation>
    </message>
    <message>
        <source>그동안 손님에게는 %1 엔진이 답해요.</source>
        <translation>Customers are served by %1 meanwhile.</translation>
    </message>
    <message>
        <source>손님은 화면을 눌러 주문할 수 있어요.</source>
        <translation>Customers can order by touch.</translation>
    </message>
    <message>
        <source>손님은 글자나 화면으로 주문할 수 있어요.</source>
        <translation>Customers can order by typing or touch.</translation>
    </message>
    <message>
        <source>손님은 답을 화면에서 글자로 봐요.</source>
        <translation>Customers read the answers on the screen.</translation>
    </message>
    <message>
        <source>케이크 그림 없이 주문할 수 있어요.</source>
        <translation>Cakes can be ordered without a picture.</translation>
    </message>
    <message>
        <source>지금 한국어로 말하는 엔진이 없어요.</source>
        <translation>No engine speaks Korean right now.</translation>
    </message>
    <message>
        <source>지금 한국어를 알아듣는 엔진이 없어요.</source>
        <translation>No engine understands Korean right now.</translation>
    </message>
    <message>
        <source>지금 한국어를 듣는 엔진이 없어요.</source>
        <translation>No engine hears Korean right now.</translation>
    </message>
    <message>
        <source>ko_KR</source>
        <translation>en_US</translation>
    </message>
    <message>
        <source>yyyy년 M월 d일</source>
        <translation>MMMM d, yyyy</translation>
    </message>
    <message>
        <source>%1 모델이 없어져서 %2 모델을 써요.</source>
        <translation>The model %1 is no longer served; %2 is used instead.</translation>
    </message>
    <message>
        <source>%1 모델이 없어졌어요.</source>
        <translation>The model %1 is no longer served.</translation>
    </message>
    <message>
        <source>%1일 남았어요.</source>
        <translation>%1 days are left.</translation>
    </message>
    <message>
        <source>하루 남았어요.</source>
        <translation>One day is left.</translation>
    </message>
    <message>
        <source>오늘까지예요.</source>
        <translation>That is today.</translation>
    </message>
    <message>
        <source>날짜가 지났어요.</source>
        <translation>That day has passed.</translation>
    </message>
    <message>
        <source>%1 모델은 %2에 끝나요. %3</source>
        <translation>The model %1 ends on %2. %3</translation>
    </message>
    <message>
        <source>%1에 다음 모델을 적어 주세요.</source>
        <translation>Put the next model into %1.</translation>
    </message>
</context>
<context>
    <name>EntryPanel</name>
    <message>
        <source>케이크에 쓸 글씨 (20자까지)</source>
        <translation>Words on the cake (up to 20)</translation>
    </message>
    <message>
        <source>하고 싶은 말을 적어 주세요</source>
        <translation>Please type what you want</translation>
    </message>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>적은 글</source>
        <translation>Typed text</translation>
    </message>
    <message>
        <source>넣기</source>
        <translation>Put on</translation>
    </message>
    <message>
        <source>보내기</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>새로 적거나, 글을 눌러 고쳐 주세요</source>
        <translation>Type anew, or tap the text to correct it</translation>
    </message>
</context>
<context>
    <name>HandedOver</name>
    <message>
        <source>방금 건넴</source>
        <translation>Just handed over</translation>
    </message>
    <message>
        <source>%1번 되돌리기</source>
        <translation>Take back %1</translation>
    </message>
</context>
<context>
    <name>HelpStrip</name>
    <message>
        <source>첫 화면</source>
        <translation>First screen</translation>
    </message>
    <message>
        <source>메뉴 고르기</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>옵션 고르기</source>
        <translation>Options</translation>
    </message>
    <message>
        <source>담은 것 확인</source>
        <translation>Cart</translation>
    </message>
    <message>
        <source>주문 확인</source>
        <translation>Confirmation</translation>
    </message>
    <message>
        <source>주문 완료</source>
        <translation>Order placed</translation>
    </message>
    <message>
        <source>%1초째 기다려요</source>
        <translation>Waiting %1 s</translation>
    </message>
    <message>
        <source>%1분째 기다려요</source>
        <translation>Waiting %1 min</translation>
    </message>
    <message>
        <source>방금부터</source>
        <translation>since just now</translation>
    </message>
    <message>
        <source>%1분 전부터</source>
        <translation>for %1 min</translation>
    </message>
    <message>
        <source>마이크가 꺼져 있는 것 같아요 · %1 · %2</source>
        <translation>The microphone seems to be switched off · %1 · %2</translation>
    </message>
    <message>
        <source>마이크 소리가 너무 커서 깨져요. 줄여 주세요 · %1 · %2</source>
        <translation>The microphone is too loud and distorts: please turn it down · %1 · %2</translation>
    </message>
    <message>
        <source>손님이 도움을 불렀어요 · %1 · %2</source>
        <translation>A customer called for help · %1 · %2</translation>
    </message>
    <message>
        <source>손님이 도움을 불렀어요 · %1 · ‘%2’ 화면 · %3</source>
        <translation>A customer called for help · %1 · screen “%2” · %3</translation>
    </message>
    <message>
        <source>제가 가요 (F1)</source>
        <translation>I&apos;m going (F1)</translation>
    </message>
    <message>
        <source>제가 가요</source>
        <translation>I&apos;m going</translation>
    </message>
    <message>
        <source>말로 주문 중</source>
        <translation>ordering by voice</translation>
    </message>
    <message>
        <source>화면으로 주문 중</source>
        <translation>ordering by touch</translation>
    </message>
    <message>
        <source>키로 주문 중</source>
        <translation>ordering by keys</translation>
    </message>
    <message>
        <source>아직 아무도 안 갔어요!</source>
        <translation>nobody has gone yet!</translation>
    </message>
    <message>
        <source>담은 것: %1</source>
        <translation>in the cart: %1</translation>
    </message>
    <message>
        <source>담은 것 없음</source>
        <translation>nothing in the cart yet</translation>
    </message>
</context>
<context>
    <name>IngredientRow</name>
    <message>
        <source>알레르기 %1</source>
        <translation>allergens: %1</translation>
    </message>
</context>
<context>
    <name>ItemPage</name>
    <message>
        <source>모양</source>
        <translation>Look</translation>
    </message>
    <message>
        <source>스타일</source>
        <translation>Style</translation>
    </message>
    <message>
        <source>재료</source>
        <translation>Extras</translation>
    </message>
    <message>
        <source>수량</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>개</source>
        <translation> </translation>
    </message>
    <message>
        <source>품절이에요</source>
        <translation>Sold out</translation>
    </message>
    <message>
        <source>스타일을 골라 주세요</source>
        <translation>Please choose a style</translation>
    </message>
    <message>
        <source>바꾸기</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>담기</source>
        <translation>Add to order</translation>
    </message>
</context>
<context>
    <name>ItemWords</name>
    <message>
        <source>값을 알아보고 있어요…</source>
        <translation>Checking the price…</translation>
    </message>
    <message>
        <source>%1부터</source>
        <translation>from %1</translation>
    </message>
    <message>
        <source>알레르기: %1</source>
        <translation>Allergens: %1</translation>
    </message>
    <message>
        <source>그림은 실물과 다를 수 있어요.</source>
        <translation>The real cake may differ.</translation>
    </message>
</context>
<context>
    <name>KeyBoard</name>
    <message>
        <source>쌍자음과 큰 글자</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>지움</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>한 글자 지우기</source>
        <translation>Delete one letter</translation>
    </message>
    <message>
        <source>띄우기</source>
        <translation>Space</translation>
    </message>
</context>
<context>
    <name>KeyHints</name>
    <message>
        <source>번호로 고르기</source>
        <translation>Pick by number</translation>
    </message>
    <message>
        <source>옮기기</source>
        <translation>Move</translation>
    </message>
    <message>
        <source>맡기</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>다음 단계</source>
        <translation>Next step</translation>
    </message>
    <message>
        <source>되돌리기</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>취소</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>놓기</source>
        <translation>Let go</translation>
    </message>
    <message>
        <source>번호 %1</source>
        <translation>Number %1</translation>
    </message>
    <message>
        <source>%1번 주문은 없어요</source>
        <translation>There is no order %1</translation>
    </message>
    <message>
        <source>번호</source>
        <translation>number</translation>
    </message>
    <message>
        <source>도움 가기</source>
        <translation>help call</translation>
    </message>
    <message>
        <source>품절</source>
        <translation>sold out</translation>
    </message>
    <message>
        <source>합계</source>
        <translation>totals</translation>
    </message>
    <message>
        <source>맨 끝</source>
        <translation>last</translation>
    </message>
    <message>
        <source>줄 완료</source>
        <translation>line made</translation>
    </message>
    <message>
        <source>다음 줄</source>
        <translation>next line</translation>
    </message>
    <message>
        <source>맡기기</source>
        <translation>Give</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>지우기</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>LostBanner</name>
    <message>
        <source>연결이 끊겼어요. 이 화면은 %1까지의 주문이에요.</source>
        <translation>Connection lost. This shows orders up to %1.</translation>
    </message>
    <message>
        <source>연결이 끊겼어요. 주문을 아직 받지 못했어요.</source>
        <translation>Connection lost. No orders received yet.</translation>
    </message>
    <message>
        <source>이 로그인은 더 쓸 수 없어요. ‘나가기’를 누르고 다시 들어와 주세요.</source>
        <translation>This sign-in is no longer valid. Press “Sign out” and sign in again.</translation>
    </message>
    <message>
        <source>새 주문이 와도 보이지 않아요. 다시 연결하고 있어요. 주문은 서버에 남아 있어요.</source>
        <translation>New orders are not shown. Reconnecting; orders are safe on the server.</translation>
    </message>
</context>
<context>
    <name>LowInfo</name>
    <message>
        <source>말로 파티스리</source>
        <translation>Mallo Patisserie</translation>
    </message>
    <message>
        <source>누르는 곳은 모두 아래쪽에 있어요.</source>
        <translation>All buttons are below.</translation>
    </message>
    <message>
        <source>담은 메뉴 %1개 · %2</source>
        <translation>%1 in your order · %2</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>말로 주문</source>
        <translation>Mallo order</translation>
    </message>
    <message>
        <source>말로 매니저</source>
        <translation>Mallo manager</translation>
    </message>
    <message>
        <source>매니저로 들어가기</source>
        <translation>Manager sign-in</translation>
    </message>
    <message>
        <source>매니저 아이디와 PIN 번호를 넣어 주세요. 들어가면 엔진과 연결 상태를 볼 수 있어요.</source>
        <translation>Enter the manager&apos;s ID and PIN to see engines and connections.</translation>
    </message>
    <message>
        <source>말로 주방</source>
        <translation>Mallo kitchen</translation>
    </message>
    <message>
        <source>주방에 들어가기</source>
        <translation>Kitchen sign-in</translation>
    </message>
    <message>
        <source>직원 아이디와 PIN 번호를 넣어 주세요. 들어가면 새 주문이 소리와 함께 바로 떠요.</source>
        <translation>Enter your staff ID and PIN. New orders then appear at once, with a sound.</translation>
    </message>
</context>
<context>
    <name>MenuCard</name>
    <message>
        <source>품절</source>
        <translation>Sold out</translation>
    </message>
    <message>
        <source>알레르기: %1</source>
        <translation>Allergens: %1</translation>
    </message>
</context>
<context>
    <name>MenuPage</name>
    <message>
        <source>디너</source>
        <translation>Dinner</translation>
    </message>
    <message>
        <source>케이크</source>
        <translation>Cake</translation>
    </message>
    <message>
        <source>메뉴를 가져오고 있어요…</source>
        <translation>Fetching the menu…</translation>
    </message>
    <message>
        <source>주문 시스템을 켜고 있어요…</source>
        <translation>Starting the order system…</translation>
    </message>
    <message>
        <source>%1개 담음 · %2 · 주문 확인</source>
        <translation>%1 added · %2 · Review</translation>
    </message>
    <message>
        <source>아직 담은 메뉴가 없어요</source>
        <translation>Nothing added yet</translation>
    </message>
</context>
<context>
    <name>MoreHint</name>
    <message>
        <source>새 주문 %1건 · 모두 %2건 더</source>
        <translation>%1 new · %2 more</translation>
    </message>
    <message>
        <source>%1건 더</source>
        <translation>%1 more</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>접수</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>준비 중</source>
        <translation>Preparing</translation>
    </message>
    <message>
        <source>완료</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>건넴</source>
        <translation>Handed over</translation>
    </message>
    <message>
        <source>취소됨</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>지금은 ‘%1’이에요.</source>
        <translation>It is now “%1”.</translation>
    </message>
    <message>
        <source>고를 주문이 없어요.</source>
        <translation>There is no order to pick.</translation>
    </message>
    <message>
        <source>%1번은 어느 화면에도 안 떠서 종이로 인쇄했어요.</source>
        <translation>Order %1 was on no screen: it has been printed.</translation>
    </message>
    <message>
        <source>프린터에 종이가 없어서 %1번을 인쇄하지 못했어요. 종이를 넣으면 다시 인쇄해요.</source>
        <translation>Order %1 was not printed: the printer is out of paper. It prints once there is some.</translation>
    </message>
    <message>
        <source>프린터 뚜껑이 열려 있어서 %1번을 인쇄하지 못했어요. 닫으면 다시 인쇄해요.</source>
        <translation>Order %1 was not printed: the printer’s cover is open. It prints once it is closed.</translation>
    </message>
    <message>
        <source>프린터에 연결되지 않아서 %1번을 인쇄하지 못했어요. 전원과 선을 봐 주세요.</source>
        <translation>Order %1 was not printed: the printer cannot be reached. Please check its power and cable.</translation>
    </message>
    <message>
        <source>프린터가 대답하지 않아요. %1번이 종이로 나왔는지 봐 주세요.</source>
        <translation>The printer does not answer. Please see whether order %1 is on paper.</translation>
    </message>
    <message>
        <source>프린터가 %1번을 인쇄하지 못했어요. 프린터를 봐 주세요. (%2)</source>
        <translation>The printer could not print order %1. Please look at it. (%2)</translation>
    </message>
    <message>
        <source>%1번은 %2 님이 맡고 있어요.</source>
        <translation>Order %1 is with %2.</translation>
    </message>
    <message>
        <source>%1번은 첫 단계라서 되돌릴 것이 없어요.</source>
        <translation>Order %1 is at its first step; nothing to take back.</translation>
    </message>
    <message>
        <source>%1번은 준비가 끝나서 취소할 수 없어요. 먼저 되돌려 주세요.</source>
        <translation>Order %1 is ready and cannot be cancelled. Take it back first.</translation>
    </message>
    <message>
        <source>%1번은 %2 님이 먼저 바꿨어요.</source>
        <translation>%2 changed order %1 first.</translation>
    </message>
    <message>
        <source>%1번은 다른 곳에서 먼저 바뀌었어요.</source>
        <translation>Order %1 was changed elsewhere first.</translation>
    </message>
    <message>
        <source>그 주문은 다른 곳에서 먼저 바뀌었어요.</source>
        <translation>That order was changed elsewhere first.</translation>
    </message>
    <message>
        <source>연결이 안 돼서 바꾸지 못했어요. 연결되면 다시 눌러 주세요.</source>
        <translation>No connection, nothing changed. Press again once connected.</translation>
    </message>
    <message>
        <source>로그인한 시간이 다 됐어요. 나갔다가 다시 들어와 주세요.</source>
        <translation>Your sign-in has expired. Sign out and in again.</translation>
    </message>
    <message>
        <source>이 아이디로는 할 수 없는 일이에요.</source>
        <translation>This ID may not do that.</translation>
    </message>
    <message>
        <source>바꾸지 못했어요. 다시 눌러 주세요. (%1)</source>
        <translation>It did not change. Please press again. (%1)</translation>
    </message>
    <message>
        <source>%1번을 먼저 맡아 주세요. Enter를 누르면 돼요.</source>
        <translation>Take %1 first: press Enter.</translation>
    </message>
    <message>
        <source>%1 님이 이미 손님에게 가고 있어요.</source>
        <translation>%1 is already on the way to that customer.</translation>
    </message>
    <message>
        <source>그 도움 요청은 이미 끝났어요.</source>
        <translation>That call is over already.</translation>
    </message>
</context>
<context>
    <name>NumbersBoard</name>
    <message>
        <source>나왔어요</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>준비 중</source>
        <translation>Preparing</translation>
    </message>
    <message>
        <source>찾아갈 수 있는 번호: %1</source>
        <translation>Numbers that can be fetched: %1</translation>
    </message>
    <message>
        <source>준비 중인 번호: %1</source>
        <translation>Numbers in preparation: %1</translation>
    </message>
</context>
<context>
    <name>OptionChip</name>
</context>
<context>
    <name>OutageBar</name>
    <message>
        <source>%1 (%2): %3</source>
        <translation>%1 (%2): %3</translation>
    </message>
    <message>
        <source>확인했어요</source>
        <translation>Got it</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>그림 스튜디오</source>
        <translation>Picture studio</translation>
    </message>
    <message>
        <source>메뉴와 가격, 이벤트, 하루 기록은 아직 이 창에 없어요. 다음 판에서 여기에 열려요.</source>
        <translation>The menu and its prices, events and the day's record are not in this window yet. They open here in the next version.</translation>
    </message>
    <message>
        <source>말로 매니저</source>
        <translation>Mallo manager</translation>
    </message>
    <message>
        <source>주문 서버가 답하지 않아요. 아래는 %1의 상태예요. 다시 물어보고 있어요.</source>
        <translation>The order server is not answering. Below is its state at %1. Asking again.</translation>
    </message>
    <message>
        <source>AI 엔진</source>
        <translation>AI engines</translation>
    </message>
    <message>
        <source>위에서부터 차례로 써 보고, 먼저 되는 것을 써요.</source>
        <translation>Tried from the top; the first that works is used.</translation>
    </message>
    <message>
        <source>지금 연결된 창</source>
        <translation>Windows connected now</translation>
    </message>
    <message>
        <source>손님 키오스크</source>
        <translation>Customer kiosks</translation>
    </message>
    <message>
        <source>주방</source>
        <translation>Kitchen</translation>
    </message>
    <message>
        <source>매니저</source>
        <translation>Manager</translation>
    </message>
    <message>
        <source>주문 서버</source>
        <translation>Order server</translation>
    </message>
    <message>
        <source>주문을 받고 있어요. 쉬는 엔진은 다른 엔진이 대신해요.</source>
        <translation>Orders are taken. Other engines stand in for those that do not work.</translation>
    </message>
    <message>
        <source>모두 잘 돌아가고 있어요.</source>
        <translation>Everything is running well.</translation>
    </message>
    <message>
        <source>주문은 받을 수 있어요. 쓸 수 없는 엔진이 있어요.</source>
        <translation>Orders can be taken. Some engines are unavailable.</translation>
    </message>
    <message>
        <source>상태를 물어보고 있어요.</source>
        <translation>Asking for the state.</translation>
    </message>
    <message>
        <source>데이터베이스를 쓸 수 없어서 주문을 받을 수 없어요.</source>
        <translation>The database is unavailable; orders cannot be taken.</translation>
    </message>
    <message>
        <source>데이터베이스: %1 · 버전 %2</source>
        <translation>Database: %1 · version %2</translation>
    </message>
    <message>
        <source>정상</source>
        <translation>Fine</translation>
    </message>
    <message>
        <source>쓸 수 없음</source>
        <translation>Unavailable</translation>
    </message>
</context>
<context>
    <name>PageTurner</name>
    <message>
        <source>앞</source>
        <translation>Prev</translation>
    </message>
    <message>
        <source>앞 쪽</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>뒤</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>뒤 쪽</source>
        <translation>Next page</translation>
    </message>
</context>
<context>
    <name>PlacedPage</name>
    <message>
        <source>주문이 취소됐어요</source>
        <translation>Your order was cancelled</translation>
    </message>
    <message>
        <source>다 됐어요! 찾아가 주세요</source>
        <translation>It&apos;s ready! Please collect it</translation>
    </message>
    <message>
        <source>맛있게 드세요</source>
        <translation>Enjoy your meal</translation>
    </message>
    <message>
        <source>주문이 들어갔어요</source>
        <translation>Your order is placed</translation>
    </message>
    <message>
        <source>주문 번호</source>
        <translation>Order number</translation>
    </message>
    <message>
        <source>접수</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>준비 중</source>
        <translation>Preparing</translation>
    </message>
    <message>
        <source>준비 끝</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>%1쯤 준비돼요</source>
        <translation>Ready at about %1</translation>
    </message>
    <message>
        <source>포장</source>
        <translation>Take away</translation>
    </message>
    <message>
        <source>매장에서 드심</source>
        <translation>Eating here</translation>
    </message>
    <message>
        <source>진행 상황을 다시 잇고 있어요. 주문은 안전하게 들어갔어요.</source>
        <translation>Reconnecting to the kitchen. Your order is safely placed.</translation>
    </message>
    <message>
        <source>다 봤어요</source>
        <translation>I&apos;m done</translation>
    </message>
    <message>
        <source>주방이 아직 못 봤어요</source>
        <translation>The kitchen has not seen it yet</translation>
    </message>
    <message>
        <source>주문은 안전해요. 카운터에 %1번이라고 말씀해 주세요.</source>
        <translation>Your order is safe. Please tell the counter: number %1.</translation>
    </message>
</context>
<context>
    <name>ProblemWords</name>
    <message>
        <source>주문 시스템과 잠시 연결이 끊겼어요.</source>
        <translation>The order system is out of reach for a moment.</translation>
    </message>
    <message>
        <source>답이 너무 늦어지고 있어요.</source>
        <translation>The answer is taking too long.</translation>
    </message>
    <message>
        <source>마이크를 찾을 수 없어요.</source>
        <translation>No microphone was found.</translation>
    </message>
    <message>
        <source>마이크 연결이 끊겼어요.</source>
        <translation>The microphone was disconnected.</translation>
    </message>
    <message>
        <source>마이크가 꺼져 있는 것 같아요.</source>
        <translation>The microphone seems to be switched off.</translation>
    </message>
    <message>
        <source>스피커에서 소리가 나지 않아요.</source>
        <translation>The loudspeaker is silent.</translation>
    </message>
    <message>
        <source>말소리가 들리지 않았어요.</source>
        <translation>We could not hear you.</translation>
    </message>
    <message>
        <source>지금은 이 기능을 쓸 수 없어요.</source>
        <translation>This does not work right now.</translation>
    </message>
    <message>
        <source>지금은 말소리를 듣지 못해요.</source>
        <translation>I cannot hear speech right now.</translation>
    </message>
    <message>
        <source>지금은 소리 내어 답하지 못해요.</source>
        <translation>I cannot answer aloud right now.</translation>
    </message>
    <message>
        <source>화면을 눌러 주문해 주세요. 담은 것은 그대로 있어요.</source>
        <translation>Please tap the screen to order. Your choices are kept.</translation>
    </message>
    <message>
        <source>고르신 메뉴가 방금 품절됐어요.</source>
        <translation>What you chose has just sold out.</translation>
    </message>
    <message>
        <source>아직 담은 메뉴가 없어요.</source>
        <translation>Nothing has been added yet.</translation>
    </message>
    <message>
        <source>스타일을 아직 고르지 않은 메뉴가 있어요.</source>
        <translation>One item has no style yet.</translation>
    </message>
    <message>
        <source>이 메뉴에 없는 스타일이에요.</source>
        <translation>This menu does not come in that style.</translation>
    </message>
    <message>
        <source>지금은 팔지 않는 것이 들어 있어요.</source>
        <translation>Something in it is not sold at the moment.</translation>
    </message>
    <message>
        <source>개수가 너무 많거나 적어요.</source>
        <translation>The number is too high or too low.</translation>
    </message>
    <message>
        <source>잠깐 사이에 요청이 너무 많았어요.</source>
        <translation>There were too many requests in a moment.</translation>
    </message>
    <message>
        <source>이름이나 비밀번호가 맞지 않아요.</source>
        <translation>The name or PIN is not right.</translation>
    </message>
    <message>
        <source>여러 번 틀려서 잠시 잠겼어요.</source>
        <translation>Locked for a while after several wrong tries.</translation>
    </message>
    <message>
        <source>로그인이 끝났거나 권한이 없어요.</source>
        <translation>The sign-in has ended, or this is not allowed.</translation>
    </message>
    <message>
        <source>다른 분이 먼저 바꿨어요.</source>
        <translation>Somebody else changed it first.</translation>
    </message>
    <message>
        <source>지금 상태에서는 할 수 없는 일이에요.</source>
        <translation>That cannot be done right now.</translation>
    </message>
    <message>
        <source>찾는 것이 없어요.</source>
        <translation>It is not there.</translation>
    </message>
    <message>
        <source>열 수 없는 그림 파일이에요.</source>
        <translation>This picture file cannot be opened.</translation>
    </message>
    <message>
        <source>메뉴 카드에 맞지 않는 비율이에요.</source>
        <translation>The picture does not fit a menu card.</translation>
    </message>
    <message>
        <source>그림 설명이 아직 없어요.</source>
        <translation>The picture has no description yet.</translation>
    </message>
    <message>
        <source>오늘 쓸 수 있는 그림 예산을 다 썼어요.</source>
        <translation>Today's budget for pictures is spent.</translation>
    </message>
    <message>
        <source>이 그림에는 그렇게 바꿀 수 없어요.</source>
        <translation>This picture cannot be changed like that.</translation>
    </message>
    <message>
        <source>PNG, JPEG, WebP 사진을 8MB, 4천만 화소까지 올릴 수 있어요.</source>
        <translation>PNG, JPEG and WebP up to 8 MB and 40 megapixels can be brought.</translation>
    </message>
    <message>
        <source>4:3으로 자른 다음 다시 게시해 주세요.</source>
        <translation>Cut it to 4:3 and publish it again.</translation>
    </message>
    <message>
        <source>무엇이 보이는지 한국어로 적은 다음 게시해 주세요.</source>
        <translation>Say in Korean what it shows, then publish it.</translation>
    </message>
    <message>
        <source>빠른 그림은 그대로 만들 수 있어요. 내일 다시 해 주세요.</source>
        <translation>Quick pictures can still be made. Please try again tomorrow.</translation>
    </message>
    <message>
        <source>다른 말로 적거나 사진을 새로 올려 주세요.</source>
        <translation>Say it in other words, or bring another photograph.</translation>
    </message>
    <message>
        <source>저장 공간이 가득 찼어요.</source>
        <translation>The storage is full.</translation>
    </message>
    <message>
        <source>예상하지 못한 문제가 생겼어요.</source>
        <translation>Something unexpected went wrong.</translation>
    </message>
    <message>
        <source>담은 것은 그대로 있어요. 잠시 뒤 다시 해 주세요.</source>
        <translation>Your order is kept. Please try again in a moment.</translation>
    </message>
    <message>
        <source>화면을 눌러 주문하거나 글자로 입력해 주세요.</source>
        <translation>Please order on the screen or type.</translation>
    </message>
    <message>
        <source>답은 화면에 글자로 보여 드려요.</source>
        <translation>Answers are shown on the screen.</translation>
    </message>
    <message>
        <source>버튼을 누르고 조금 더 크게 말해 주세요.</source>
        <translation>Tap the button and speak a little louder.</translation>
    </message>
    <message>
        <source>그 메뉴를 빼거나 다른 메뉴로 바꿔 주세요.</source>
        <translation>Please remove it or choose another menu.</translation>
    </message>
    <message>
        <source>메뉴를 먼저 골라 주세요.</source>
        <translation>Please choose from the menu first.</translation>
    </message>
    <message>
        <source>바꾸기를 눌러 스타일을 골라 주세요.</source>
        <translation>Tap Change and choose a style.</translation>
    </message>
    <message>
        <source>다른 스타일을 골라 주세요.</source>
        <translation>Please choose another style.</translation>
    </message>
    <message>
        <source>개수를 다시 정해 주세요.</source>
        <translation>Please set the number again.</translation>
    </message>
    <message>
        <source>잠시 기다렸다가 다시 해 주세요.</source>
        <translation>Please wait a moment and try again.</translation>
    </message>
    <message>
        <source>확인하고 다시 입력해 주세요.</source>
        <translation>Please check and enter it again.</translation>
    </message>
    <message>
        <source>다시 로그인해 주세요.</source>
        <translation>Please sign in again.</translation>
    </message>
    <message>
        <source>화면을 확인하고 다시 해 주세요.</source>
        <translation>Please check the screen and try again.</translation>
    </message>
    <message>
        <source>다시 해 보시고, 안 되면 직원을 불러 주세요.</source>
        <translation>Please try again, or call a member of staff.</translation>
    </message>
    <message>
        <source>English speech works.</source>
        <translation>Korean speech works.</translation>
    </message>
    <message>
        <source>글자로 적거나 화면을 눌러 주세요.</source>
        <translation>Please type or tap the screen.</translation>
    </message>
    <message>
        <source>담은 것은 그대로 있어요. 잠시 뒤 다시 하거나 직원을 불러 주세요.</source>
        <translation>Your choices are kept. Try again soon, or call our staff.</translation>
    </message>
    <message>
        <source>말소리가 제대로 녹음되지 않았어요.</source>
        <translation>Your voice was not recorded properly.</translation>
    </message>
    <message>
        <source>조금 짧게 나누어 해 주세요.</source>
        <translation>Please do it in smaller parts.</translation>
    </message>
    <message>
        <source>주문 시스템과 말이 맞지 않아요.</source>
        <translation>The kiosk and the order system disagree.</translation>
    </message>
    <message>
        <source>주문 장부를 잠시 열 수 없어요.</source>
        <translation>The order book cannot be opened right now.</translation>
    </message>
    <message>
        <source>지금은 한국어를 듣지 못해요.</source>
        <translation>English speech is not understood right now.</translation>
    </message>
    <message>
        <source>한 번에 보내기에는 너무 길어요.</source>
        <translation>That is too long to send at once.</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>아직 계신가요? 화면을 누르시면 더 보실 수 있어요.</source>
        <translation>Are you still there? Touch the screen to look longer.</translation>
    </message>
    <message>
        <source>더 볼게요</source>
        <translation>Keep this screen</translation>
    </message>
    <message>
        <source>처음으로 돌아갈까요?</source>
        <translation>Start over?</translation>
    </message>
    <message>
        <source>담은 메뉴가 모두 지워져요.</source>
        <translation>Everything you added will be removed.</translation>
    </message>
    <message>
        <source>계속 주문할게요</source>
        <translation>Keep ordering</translation>
    </message>
    <message>
        <source>네, 지울게요</source>
        <translation>Yes, start over</translation>
    </message>
    <message>
        <source>아직 계신가요?</source>
        <translation>Are you still there?</translation>
    </message>
    <message>
        <source>%1초 뒤에 처음 화면으로 돌아가요.</source>
        <translation>Back to the first screen in %1 seconds.</translation>
    </message>
    <message>
        <source>아직 계신가요? 화면을 누르시면 계속 주문할 수 있어요.</source>
        <translation>Are you still there? Touch the screen to keep ordering.</translation>
    </message>
    <message>
        <source>그만할게요</source>
        <translation>Stop here</translation>
    </message>
    <message>
        <source>직원을 불렀어요</source>
        <translation>Staff has been called</translation>
    </message>
    <message>
        <source>곧 이 자리로 와요. 기다리는 동안 계속 주문하셔도 돼요.</source>
        <translation>Somebody will be here soon. You can keep ordering meanwhile.</translation>
    </message>
    <message>
        <source>직원을 불렀어요. 곧 이 자리로 와요.</source>
        <translation>Staff has been called. Somebody will be here soon.</translation>
    </message>
    <message>
        <source>알겠어요</source>
        <translation>All right</translation>
    </message>
    <message>
        <source>직원이 가고 있어요</source>
        <translation>Somebody is coming</translation>
    </message>
    <message>
        <source>지금 이 자리로 와요. 기다리는 동안 계속 주문하셔도 돼요.</source>
        <translation>They are on their way to you. You can go on ordering meanwhile.</translation>
    </message>
    <message>
        <source>직원이 가고 있어요.</source>
        <translation>Somebody is coming to you.</translation>
    </message>
</context>
<context>
    <name>SignInPanel</name>
    <message>
        <source>여러 번 틀려서 잠겼어요. %1 뒤에 다시 할 수 있어요. 급하면 매니저에게 말해 주세요.</source>
        <translation>Locked after several wrong tries. Try again in %1, or ask the manager.</translation>
    </message>
    <message>
        <source>주문 서버를 켜고 있어요. 잠시만 기다려 주세요.</source>
        <translation>The order server is starting. One moment, please.</translation>
    </message>
    <message>
        <source>아이디나 PIN이 맞지 않아요. 다시 넣어 주세요. 다섯 번 틀리면 잠시 잠겨요.</source>
        <translation>The ID or PIN is not right. Please try again; after five wrong tries it locks for a while.</translation>
    </message>
    <message>
        <source>이제 다시 할 수 있어요. 아이디와 PIN을 넣어 주세요.</source>
        <translation>You can try again now. Enter your ID and PIN.</translation>
    </message>
    <message>
        <source>이 아이디로는 이 창을 쓸 수 없어요. 다른 아이디로 들어와 주세요.</source>
        <translation>This ID may not use this window. Please use another.</translation>
    </message>
    <message>
        <source>로그인한 시간이 다 됐어요. 다시 들어와 주세요.</source>
        <translation>Your sign-in has expired. Please sign in again.</translation>
    </message>
    <message>
        <source>너무 자주 눌렀어요. 잠시 뒤에 다시 눌러 주세요.</source>
        <translation>Too many tries. Please wait a moment.</translation>
    </message>
    <message>
        <source>주문 서버에 연결할 수 없어요. 서버와 네트워크를 확인한 뒤 다시 눌러 주세요.</source>
        <translation>Cannot reach the order server. Check the server and the network, then try again.</translation>
    </message>
    <message>
        <source>들어가지 못했어요. 다시 눌러 주세요. 계속되면 매니저에게 ‘%1’이라고 말해 주세요.</source>
        <translation>Sign-in failed. Please try again. If it goes on, tell the manager “%1”.</translation>
    </message>
    <message>
        <source>%1초</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1분 %2초</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1분</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>아이디</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>PIN 번호</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>확인하고 있어요…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>들어가기</source>
        <translation>Sign in</translation>
    </message>
</context>
<context>
    <name>SoldOutPanel</name>
    <message>
        <source>품절 표시</source>
        <translation>Sold out</translation>
    </message>
    <message>
        <source>번호를 누르면 바뀌고, 키오스크에 바로 보여요.</source>
        <translation>A number key turns it; every kiosk shows it at once.</translation>
    </message>
    <message>
        <source>닫기 (Esc)</source>
        <translation>Close (Esc)</translation>
    </message>
    <message>
        <source>%1번, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>품절</source>
        <translation>sold out</translation>
    </message>
    <message>
        <source>판매 중</source>
        <translation>on sale</translation>
    </message>
</context>
<context>
    <name>Tappable</name>
    <message>
        <source>지금은 누를 수 없어요</source>
        <translation>It cannot be pressed now</translation>
    </message>
    <message>
        <source>골라져 있어요</source>
        <translation>chosen</translation>
    </message>
    <message>
        <source>골라져 있지 않아요</source>
        <translation>not chosen</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>%1 하나 빼기</source>
        <translation>One %1 less</translation>
    </message>
    <message>
        <source>%1 하나 더하기</source>
        <translation>One %1 more</translation>
    </message>
    <message>
        <source>빼기</source>
        <translation>Less</translation>
    </message>
    <message>
        <source>더하기</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>StepsBar</name>
    <message>
        <source>메뉴</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>스타일</source>
        <translation>Style</translation>
    </message>
    <message>
        <source>재료</source>
        <translation>Extras</translation>
    </message>
    <message>
        <source>확인</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>완료</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>다섯 단계 중 %1단계, %2</source>
        <translation>Step %1 of five, %2</translation>
    </message>
</context>
<context>
    <name>StyleChoice</name>
</context>
<context>
    <name>TicketCard</name>
    <message>
        <source>방금</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>%1분</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1시간 %2분</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 · 늦었어요</source>
        <translation>%1 · late</translation>
    </message>
    <message>
        <source>%1 · 서둘러요</source>
        <translation>%1 · hurry</translation>
    </message>
    <message>
        <source>%1번, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>알레르기: %1</source>
        <translation>Allergens: %1</translation>
    </message>
    <message>
        <source>알레르기 성분 없음</source>
        <translation>No allergens</translation>
    </message>
    <message>
        <source>취소</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>되돌리기</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>잠시만요…</source>
        <translation>One moment…</translation>
    </message>
    <message>
        <source>내가 맡기</source>
        <translation>I&apos;ll take it</translation>
    </message>
    <message>
        <source>다 됐어요</source>
        <translation>It&apos;s ready</translation>
    </message>
    <message>
        <source>건넸어요</source>
        <translation>Handed over</translation>
    </message>
    <message>
        <source>맡기기</source>
        <translation>Give</translation>
    </message>
    <message>
        <source>시작하기</source>
        <translation>Start</translation>
    </message>
</context>
<context>
    <name>TicketColumn</name>
    <message>
        <source>늦음 %1</source>
        <translation>%1 late</translation>
    </message>
</context>
<context>
    <name>TicketHead</name>
    <message>
        <source>새 주문</source>
        <translation>New order</translation>
    </message>
    <message>
        <source>포장</source>
        <translation>Take away</translation>
    </message>
    <message>
        <source>매장</source>
        <translation>Eat in</translation>
    </message>
    <message>
        <source>나</source>
        <translation>me</translation>
    </message>
    <message>
        <source>나에게 맡김</source>
        <translation>Given to me</translation>
    </message>
</context>
<context>
    <name>TicketLine</name>
    <message>
        <source>%1 빼고</source>
        <translation>no %1</translation>
    </message>
    <message>
        <source>%1 %2 (%3)</source>
        <translation>%1 %2 (%3)</translation>
    </message>
    <message>
        <source>바닐라</source>
        <translation>vanilla</translation>
    </message>
    <message>
        <source>초콜릿</source>
        <translation>chocolate</translation>
    </message>
    <message>
        <source>말차</source>
        <translation>matcha</translation>
    </message>
    <message>
        <source>딸기</source>
        <translation>strawberry</translation>
    </message>
    <message>
        <source>흰색</source>
        <translation>white</translation>
    </message>
    <message>
        <source>분홍</source>
        <translation>pink</translation>
    </message>
    <message>
        <source>빨강</source>
        <translation>red</translation>
    </message>
    <message>
        <source>파랑</source>
        <translation>blue</translation>
    </message>
    <message>
        <source>초록</source>
        <translation>green</translation>
    </message>
    <message>
        <source>노랑</source>
        <translation>yellow</translation>
    </message>
    <message>
        <source>보라</source>
        <translation>purple</translation>
    </message>
    <message>
        <source>갈색</source>
        <translation>brown</translation>
    </message>
    <message>
        <source>검정</source>
        <translation>black</translation>
    </message>
    <message>
        <source>주황</source>
        <translation>orange</translation>
    </message>
    <message>
        <source>민트</source>
        <translation>mint</translation>
    </message>
    <message>
        <source>크림색</source>
        <translation>cream</translation>
    </message>
    <message>
        <source>%1 맛</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>%1단</source>
        <translation>%1 tiers</translation>
    </message>
    <message>
        <source>글씨 “%1”</source>
        <translation>text “%1”</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>TotalsRail</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>맡은 사람</source>
        <translation>Who has how many</translation>
    </message>
    <message>
        <source>아직 없어요</source>
        <translation>Nobody yet</translation>
    </message>
    <message>
        <source>나 %1</source>
        <translation>me %1</translation>
    </message>
    <message>
        <source>아무도 아님 %1</source>
        <translation>nobody %1</translation>
    </message>
    <message>
        <source>늦음 %1</source>
        <translation>%1 late</translation>
    </message>
    <message>
        <source>재료 · 만들 것 / 모두</source>
        <translation>Portions · to make / all</translation>
    </message>
    <message>
        <source>메뉴 · 만들 것 / 모두</source>
        <translation>Menus · to make / all</translation>
    </message>
    <message>
        <source>열린 주문이 없어요</source>
        <translation>No open orders</translation>
    </message>
    <message>
        <source>품절</source>
        <translation>Sold out</translation>
    </message>
</context>
<context>
    <name>TranscriptBar</name>
    <message>
        <source>들은 말: %1. 눌러서 고치기</source>
        <translation>Heard: %1. Tap to correct</translation>
    </message>
    <message>
        <source>글자로 입력하기</source>
        <translation>Type instead</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>눌러서 주방 창을 열어 주세요.</source>
        <translation>Press to open the kitchen window.</translation>
    </message>
    <message>
        <source>손님이 도움을 불렀어요</source>
        <translation>A customer calls for help</translation>
    </message>
    <message>
        <source>새 주문 %1건을 아무도 보지 않았어요</source>
        <translation>%1 new, and nobody has looked</translation>
    </message>
    <message>
        <source>새 주문 %1건</source>
        <translation>%1 new</translation>
    </message>
    <message>
        <source>말로 주방</source>
        <translation>Mallo kitchen</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>주문 시스템을 다시 켜고 있어요.</source>
        <translation>The order system is starting again.</translation>
    </message>
    <message>
        <source>담은 것은 그대로 있어요. 잠시만 기다려 주세요.</source>
        <translation>Your order is kept. One moment, please.</translation>
    </message>
    <message>
        <source>다시 말하기</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>다시 하기</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>글자로 적기</source>
        <translation>Type instead</translation>
    </message>
</context>
<context>
    <name>VoiceButton</name>
    <message>
        <source>듣고 있어요</source>
        <translation>Listening</translation>
    </message>
    <message>
        <source>생각 중이에요</source>
        <translation>Thinking</translation>
    </message>
    <message>
        <source>말하고 있어요</source>
        <translation>Speaking</translation>
    </message>
    <message>
        <source>눌러서 말하기</source>
        <translation>Tap to talk</translation>
    </message>
    <message>
        <source>다시 누르면 마이크를 꺼요</source>
        <translation>Tap again to switch the microphone off</translation>
    </message>
    <message>
        <source>누르면 멈추고 들어요</source>
        <translation>Tap to stop and talk</translation>
    </message>
    <message>
        <source>글자로 적기</source>
        <translation>Type</translation>
    </message>
</context>
<context>
    <name>VoicePanel</name>
    <message>
        <source>편하게 말씀하세요. 다시 누르면 꺼져요.</source>
        <translation>Please speak. Tap again to stop.</translation>
    </message>
    <message>
        <source>잠시만 기다려 주세요.</source>
        <translation>One moment, please.</translation>
    </message>
    <message>
        <source>버튼을 누르고 이렇게 말하거나, 화면에서 골라 주세요.</source>
        <translation>Tap and say this, or choose on the screen.</translation>
    </message>
    <message>
        <source>글자로 입력하기</source>
        <translation>Type instead</translation>
    </message>
    <message>
        <source>“딸기 케이크 두 개 주세요”</source>
        <translation>“A cheese cake, please”</translation>
    </message>
</context>
<context>
    <name>WaitCard</name>
    <message>
        <source>%1초</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>들려주기</source>
        <translation>output</translation>
    </message>
    <message>
        <source>뜻 알기</source>
        <translation>meaning</translation>
    </message>
    <message>
        <source>말로 한 대화 %1번 · 그중 %2번은 모델 없이</source>
        <translation>%1 spoken turns · %2 without a model</translation>
    </message>
    <message>
        <source>말 끝 알기</source>
        <translation>the pause</translation>
    </message>
    <message>
        <source>말한 뒤 대답까지</source>
        <translation>From words to answer</translation>
    </message>
    <message>
        <source>모두</source>
        <translation>in all</translation>
    </message>
    <message>
        <source>목소리 만들기</source>
        <translation>voice</translation>
    </message>
    <message>
        <source>백에 하나</source>
        <translation>1 in 100</translation>
    </message>
    <message>
        <source>보통</source>
        <translation>typical</translation>
    </message>
    <message>
        <source>소리 보내기</source>
        <translation>upload</translation>
    </message>
    <message>
        <source>알아듣기</source>
        <translation>hearing</translation>
    </message>
    <message>
        <source>열에 하나</source>
        <translation>1 in 10</translation>
    </message>
</context>
<context>
    <name>GivePanel</name>
    <message>
        <source>%1번 주문을 누가 맡을까요?</source>
        <translation>Who takes order %1?</translation>
    </message>
    <message>
        <source>번호를 누르면 그 사람 화면에 소리와 함께 떠요.</source>
        <translation>A number key gives it to them, and their window rings.</translation>
    </message>
    <message>
        <source>닫기 (Esc)</source>
        <translation>Close (Esc)</translation>
    </message>
    <message>
        <source>%1번, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>지금 맡고 있어요</source>
        <translation>Has it now</translation>
    </message>
    <message>
        <source>%1건 맡는 중</source>
        <translation>Has %1</translation>
    </message>
    <message>
        <source>맡은 것 없음</source>
        <translation>Has none</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>그림 스튜디오</source>
        <translation>Picture studio</translation>
    </message>
    <message>
        <source>엔진과 연결</source>
        <translation>Engines and windows</translation>
    </message>
    <message>
        <source>%1 님이 먼저 바꿨어요.</source>
        <translation>%1 changed it first.</translation>
    </message>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>올릴 사진 고르기</source>
        <translation>Choose a photograph to bring</translation>
    </message>
    <message>
        <source>사진 (*.png *.jpg *.jpeg *.webp)</source>
        <translation>Photographs (*.png *.jpg *.jpeg *.webp)</translation>
    </message>
</context>
<context>
    <name>StudioGallery</name>
    <message>
        <source>그림 찾기</source>
        <translation>Find a picture</translation>
    </message>
    <message>
        <source>아직 그림이 없어요. 오른쪽에서 메뉴를 고르고 만들거나 사진을 올려 주세요.</source>
        <translation>No pictures yet. Choose a menu on the right and make one, or bring a photograph.</translation>
    </message>
    <message>
        <source>메뉴 없음</source>
        <translation>No menu</translation>
    </message>
    <message>
        <source>게시 중</source>
        <translation>On the card</translation>
    </message>
    <message>
        <source>%1판</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>사진 올리기</source>
        <translation>Bring a photograph</translation>
    </message>
</context>
<context>
    <name>StudioStage</name>
    <message>
        <source>만듦</source>
        <translation>made</translation>
    </message>
    <message>
        <source>고침</source>
        <translation>changed</translation>
    </message>
    <message>
        <source>올림</source>
        <translation>brought</translation>
    </message>
    <message>
        <source>자름</source>
        <translation>cut</translation>
    </message>
    <message>
        <source>왼쪽에서 그림을 고르거나, 오른쪽에서 새로 만들어 주세요.</source>
        <translation>Choose a picture on the left, or make a new one on the right.</translation>
    </message>
    <message>
        <source>전</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>후</source>
        <translation>After</translation>
    </message>
    <message>
        <source>전과 후를 견주는 손잡이</source>
        <translation>Handle that compares before and after</translation>
    </message>
    <message>
        <source>%1판</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>게시 중</source>
        <translation>on the card</translation>
    </message>
</context>
<context>
    <name>StudioTools</name>
    <message>
        <source>메뉴</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>바라는 것</source>
        <translation>What you wish for</translation>
    </message>
    <message>
        <source>예: 딸기 더, 분홍색으로, 더 밝게</source>
        <translation>Such as: more strawberries, pink, brighter</translation>
    </message>
    <message>
        <source>새로 만들기</source>
        <translation>Make a new one</translation>
    </message>
    <message>
        <source>이 그림 고치기</source>
        <translation>Change this one</translation>
    </message>
    <message>
        <source>%1장을 만들고 있어요…</source>
        <translation>Making %1 …</translation>
    </message>
    <message>
        <source>그림은 이 기계가 그려요.</source>
        <translation>Pictures are drawn by this machine.</translation>
    </message>
    <message>
        <source>오늘 더 만들 수 있는 AI 그림 %1장</source>
        <translation>%1 AI pictures left for today</translation>
    </message>
    <message>
        <source>만들기 멈추기</source>
        <translation>Stop making</translation>
    </message>
    <message>
        <source>빠른 고치기</source>
        <translation>Quick changes</translation>
    </message>
    <message>
        <source>따뜻한 빛</source>
        <translation>Warmer light</translation>
    </message>
    <message>
        <source>단색 배경</source>
        <translation>Plain background</translation>
    </message>
    <message>
        <source>더 가까이</source>
        <translation>Closer</translation>
    </message>
    <message>
        <source>적은 색으로</source>
        <translation>Written colour</translation>
    </message>
    <message>
        <source>적은 글씨로</source>
        <translation>Written lettering</translation>
    </message>
    <message>
        <source>되돌리기</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>자르기</source>
        <translation>Cut to</translation>
    </message>
    <message>
        <source>AI의 안전 기준에 걸린 바람이라 빼고, 이 기계가 대신 그렸어요.</source>
        <translation>The AI's safety filter refused the wish: it was left out, and this machine drew the picture.</translation>
    </message>
    <message>
        <source>보이지 않는 분께 읽어 드릴 설명</source>
        <translation>Description for those who cannot see it</translation>
    </message>
    <message>
        <source>%1 카드는 가게가 그린 그림이에요.</source>
        <translation>The card of %1 shows the shop's own drawing.</translation>
    </message>
    <message>
        <source>열린 키오스크가 없어요. 켜지면 바로 보여요.</source>
        <translation>No kiosk is open. It shows as soon as one is.</translation>
    </message>
    <message>
        <source>키오스크 %1대 중 %2대가 보여 주고 있어요.</source>
        <translation>Of %1 kiosks %2 show it.</translation>
    </message>
    <message>
        <source>게시 중</source>
        <translation>On the card</translation>
    </message>
    <message>
        <source>카드에 게시</source>
        <translation>Put on the card</translation>
    </message>
    <message>
        <source>이전 그림으로</source>
        <translation>Back to the last one</translation>
    </message>
</context>
</TS>

"""The ways out: which channel carries a message to which subscriber. Built for one pass of delivering, then closed.

What a channel is and how it fails is `notifications`; secrets of the settings go no further than the channel.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType

from monitor.settings import Settings, Smtp
from notifications.channels import AppriseChannel
from notifications.errors import ChannelError
from notifications.mail import MailChannel, MailServer
from notifications.message import Message, Sent
from notifications.subscription import Subscription, Way, of_channel
from notifications.webhook import WebhookChannel
from notifications.words import Language
from sources.http import Fetcher


class Ways:
    """Sends messages to subscriptions. `with` closes the connection to the mail server."""

    def __init__(self, settings: Settings, fetcher: Fetcher) -> None:
        self._settings = settings
        self._fetcher = fetcher
        self._own = {channel.id: channel for channel in settings_channels(settings)}
        self._chats: dict[str, AppriseChannel] = {}
        self._mail: MailChannel | None = None

    def __enter__(self) -> "Ways":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._mail:
            self._mail.close()

    def send(self, subscription: Subscription, message: Message) -> Sent:
        """One attempt. Never raises for what the receiver does or for an address that cannot be used."""
        own = self._own.get(subscription.id)
        whole = replace(subscription, address=own.address) if own else subscription
        try:
            return self._send(whole, message, by_operator=own is not None)
        except ChannelError as error:
            return Sent(ok=False, detail=str(error), permanent=own is None)

    def _send(self, subscription: Subscription, message: Message, *, by_operator: bool) -> Sent:
        if subscription.way is Way.MAIL:
            return self._mailer().send(message, subscription.address)
        if subscription.way is Way.WEBHOOK:
            return WebhookChannel(subscription.address, subscription.secret, self._fetcher.post).send(message)
        anyone = not by_operator and not self._settings.allow_private_networks
        return self._chat(subscription.address, anyone=anyone).send(message)

    def _chat(self, url: str, *, anyone: bool) -> AppriseChannel:
        if url not in self._chats:
            self._chats[url] = AppriseChannel(url, anyone=anyone)
        return self._chats[url]

    def _mailer(self) -> MailChannel:
        if self._settings.smtp is None:
            raise ChannelError("no mail server is set (smtp), so mail to subscribers waits")
        if self._mail is None:
            self._mail = MailChannel(mail_server(self._settings.smtp))
        return self._mail


def mail_server(smtp: Smtp) -> MailServer:
    return MailServer(
        host=smtp.host,
        port=smtp.port,
        username=smtp.username,
        password=smtp.password.get_secret_value(),
        security=smtp.security,
        sender=smtp.sender,
        authorities=smtp.authorities,
    )


def settings_channels(settings: Settings) -> tuple[Subscription, ...]:
    """The channels of the settings as subscriptions that are told everything; their ids name no secret."""
    language = Language(settings.locale)
    return tuple(of_channel(url.get_secret_value(), language) for url in settings.channels)


def channel_names(settings: Settings) -> Mapping[str, str]:
    """The masked name of each channel by subscription id. Raises ChannelError for an address that cannot be used."""
    return {channel.id: AppriseChannel(channel.address).name for channel in settings_channels(settings)}

"""A reader at a browser: opens pages of a site and tells what can be seen there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

SECONDS = 120
"""How long something that a script does may take on a busy machine."""


@dataclass(frozen=True)
class Reader:
    """``driver`` is a Chromium, ``site`` the address of a server without a slash at its end."""

    driver: WebDriver
    site: str

    def open(self, path: str) -> None:
        """Go to a page of the site."""
        self.driver.get(self.site + path)

    def has(
        self,
        *,
        width: int = 1280,
        scheme: str = "light",
        script: bool = True,
        forced: bool = False,
        media: str = "",
    ) -> None:
        """Set the width of the screen in pixels, the preferred colours and whether scripts run.

        ``forced``: whether the device has colours of its own; ``media``: ``print``, or a screen.
        """
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
        )
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {
                "media": media,
                "features": [
                    {"name": "prefers-color-scheme", "value": scheme},
                    {"name": "forced-colors", "value": "active" if forced else "none"},
                ],
            },
        )
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})

    def all(self, selector: str) -> list[WebElement]:
        """The elements that a CSS selector finds."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        """The first of them. Raises ``NoSuchElementException``."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        """What the elements say to the eye."""
        return [element.text for element in self.all(selector)]

    def waits_for(self, selector: str) -> WebElement:
        """The first element once it can be seen. Raises ``TimeoutException``."""

        def seen(_: WebDriver) -> WebElement | None:
            return next((found for found in self.all(selector) if found.is_displayed()), None)

        return cast("WebElement", WebDriverWait(self.driver, SECONDS).until(seen))

    def waits_for_address(self, part: str) -> None:
        """Until the address has the part. Raises ``TimeoutException``."""
        WebDriverWait(self.driver, SECONDS).until(lambda driver: part in driver.current_url)

    def points_at(self, selector: str) -> None:
        """Click where an element is. Selenium's own click refuses what lies in closed details, even
        where a style sheet shows it."""
        ActionChains(self.driver).move_to_element(self.one(selector)).click().perform()

    def types(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def computes(self, script: str, *arguments: object) -> Any:
        """What a function body gives in the page."""
        return self.driver.execute_script(script, *arguments)

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than the screen."""
        wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth"
        return bool(self.computes(wide))

    def sees_dialog(self) -> bool:
        """Whether a script has opened a dialog."""
        try:
            self.driver.switch_to.alert  # noqa: B018
        except NoAlertPresentException:
            return False
        return True

    def console(self) -> list[str]:
        """The errors in the console since this was last asked, violations of the policy too."""
        entries = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]

"use strict";
(() => {
  const form = document.getElementById("filters");
  const told = document.getElementById("filtered");
  const items = [...document.querySelectorAll("[data-criterion]")];
  const criteria = new Set(items.map((item) => item.dataset.criterion));
  const fits = (item, level, status, file, since) =>
    (!level || item.dataset.level === level) &&
    (!status || item.dataset.status === status) &&
    (!file || item.dataset.documents.split(" ").includes(file)) &&
    (!since || item.dataset.newest >= since);
  const apply = () => {
    const values = ["level", "status", "document", "since"].map((name) => form.elements[name].value);
    const shown = new Set();
    for (const item of items) {
      item.hidden = !fits(item, ...values);
      if (!item.hidden) shown.add(item.dataset.criterion);
    }
    told.textContent = values.some(Boolean)
      ? `${shown.size} of ${criteria.size} criteria are shown.`
      : `All ${criteria.size} criteria are shown.`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const goal = link && document.getElementById(link.hash.slice(1));
    const hidden = goal && goal.closest("[data-criterion][hidden]");
    if (hidden) { form.reset(); }
    const folded = goal && goal.closest("details:not([open])");
    if (folded) { folded.open = true; }
  });
  form.hidden = false;
  apply();
})();

"""What an office should look at although nothing is waiting for it."""

YEAR_REOPENED = "certificates.year_reopened"

TEXTS = {YEAR_REOPENED: "该年度学时已重新开启审核，请发证单位核实是否需要暂停或撤销证书。"}

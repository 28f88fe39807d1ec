"""Files that leave the office: payment lists, results and lists as workbook or CSV."""

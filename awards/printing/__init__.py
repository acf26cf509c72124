"""Papers of our own layout that go with a list: forms, certificates of staff, reports.

Each is made through the export machinery; none of them imitates an authority's form.
"""

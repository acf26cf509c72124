"""Pages and addresses of marking: the judge's tablet, the chief judge, the results."""

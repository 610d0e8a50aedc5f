-- Further names of areas, as people write them: 新区 of a district, a development zone. What the matcher knows besides the gazetteer.
CREATE TABLE area_alias (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (code, name)
);

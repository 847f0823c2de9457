# Two stages: the first builds a virtual environment from the hash-checked lock, the second only carries it.
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/venv
COPY requirements.lock ./
RUN /opt/venv/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY monitor monitor
COPY sources sources
COPY rules rules
COPY notifications notifications
COPY seeds seeds
RUN /opt/venv/bin/pip install --no-deps . && /opt/venv/bin/python -m compileall -q /opt/venv

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Nakoming" org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/venv /opt/venv
RUN mkdir /data && chown 10001:10001 /data
ENV PATH=/opt/venv/bin:$PATH NAKOMING_DATA_DIR=/data NAKOMING_HOST=0.0.0.0 NAKOMING_PORT=8080
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["nakoming"]
CMD ["run"]

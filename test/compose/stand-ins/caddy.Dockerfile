FROM tradewatch-stand-in/debian
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends caddy wget >/dev/null && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
  && mkdir -p /etc/caddy /config /data
ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
WORKDIR /srv
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]

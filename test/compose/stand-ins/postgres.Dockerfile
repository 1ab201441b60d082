FROM tradewatch-stand-in/debian
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql-client >/dev/null && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
  && (getent passwd postgres >/dev/null || useradd --system --user-group --home-dir /var/lib/postgresql postgres) \
  && install -d -o postgres -g postgres -m 1777 /var/lib/postgresql /var/run/postgresql
COPY postgres /opt/postgres
COPY postgres-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
RUN chmod 755 /usr/local/bin/docker-entrypoint.sh
ENV PGDATA=/var/lib/postgresql/18/docker PATH=/opt/postgres/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
VOLUME /var/lib/postgresql
EXPOSE 5432
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]

FROM tradewatch-stand-in/debian
RUN mkdir -p /usr/share/man/man1 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
  && useradd --uid 1000 --user-group --no-create-home appuser \
  && install -d -o appuser -g appuser /var/lib/kafka/data /mnt/shared/config /opt/kafka/config /opt/kafka/logs
COPY libs /opt/kafka/libs
COPY kafka-entrypoint.sh /etc/kafka/docker/run
RUN chmod 755 /etc/kafka/docker/run
USER appuser
EXPOSE 9092
CMD ["/etc/kafka/docker/run"]

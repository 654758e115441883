/* socket_constants.c - the numbers of the module _socket that this system has.  Layer 8. */
#include <linux/if_packet.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "stdlib/native/socket_impl.h"

static const struct { const char *name; int64_t value; } constants[] = {
#ifdef AF_ALG
    {"AF_ALG", (int64_t)AF_ALG},
#endif
#ifdef AF_APPLETALK
    {"AF_APPLETALK", (int64_t)AF_APPLETALK},
#endif
#ifdef AF_ASH
    {"AF_ASH", (int64_t)AF_ASH},
#endif
#ifdef AF_ATMPVC
    {"AF_ATMPVC", (int64_t)AF_ATMPVC},
#endif
#ifdef AF_ATMSVC
    {"AF_ATMSVC", (int64_t)AF_ATMSVC},
#endif
#ifdef AF_AX25
    {"AF_AX25", (int64_t)AF_AX25},
#endif
#ifdef AF_BRIDGE
    {"AF_BRIDGE", (int64_t)AF_BRIDGE},
#endif
#ifdef AF_CAN
    {"AF_CAN", (int64_t)AF_CAN},
#endif
#ifdef AF_DECnet
    {"AF_DECnet", (int64_t)AF_DECnet},
#endif
#ifdef AF_ECONET
    {"AF_ECONET", (int64_t)AF_ECONET},
#endif
#ifdef AF_INET
    {"AF_INET", (int64_t)AF_INET},
#endif
#ifdef AF_INET6
    {"AF_INET6", (int64_t)AF_INET6},
#endif
#ifdef AF_IPX
    {"AF_IPX", (int64_t)AF_IPX},
#endif
#ifdef AF_IRDA
    {"AF_IRDA", (int64_t)AF_IRDA},
#endif
#ifdef AF_KEY
    {"AF_KEY", (int64_t)AF_KEY},
#endif
#ifdef AF_LLC
    {"AF_LLC", (int64_t)AF_LLC},
#endif
#ifdef AF_NETBEUI
    {"AF_NETBEUI", (int64_t)AF_NETBEUI},
#endif
#ifdef AF_NETLINK
    {"AF_NETLINK", (int64_t)AF_NETLINK},
#endif
#ifdef AF_NETROM
    {"AF_NETROM", (int64_t)AF_NETROM},
#endif
#ifdef AF_PACKET
    {"AF_PACKET", (int64_t)AF_PACKET},
#endif
#ifdef AF_PPPOX
    {"AF_PPPOX", (int64_t)AF_PPPOX},
#endif
#ifdef AF_QIPCRTR
    {"AF_QIPCRTR", (int64_t)AF_QIPCRTR},
#endif
#ifdef AF_RDS
    {"AF_RDS", (int64_t)AF_RDS},
#endif
#ifdef AF_ROSE
    {"AF_ROSE", (int64_t)AF_ROSE},
#endif
#ifdef AF_ROUTE
    {"AF_ROUTE", (int64_t)AF_ROUTE},
#endif
#ifdef AF_SECURITY
    {"AF_SECURITY", (int64_t)AF_SECURITY},
#endif
#ifdef AF_SNA
    {"AF_SNA", (int64_t)AF_SNA},
#endif
#ifdef AF_TIPC
    {"AF_TIPC", (int64_t)AF_TIPC},
#endif
#ifdef AF_UNIX
    {"AF_UNIX", (int64_t)AF_UNIX},
#endif
#ifdef AF_UNSPEC
    {"AF_UNSPEC", (int64_t)AF_UNSPEC},
#endif
#ifdef AF_VSOCK
    {"AF_VSOCK", (int64_t)AF_VSOCK},
#endif
#ifdef AF_WANPIPE
    {"AF_WANPIPE", (int64_t)AF_WANPIPE},
#endif
#ifdef AF_X25
    {"AF_X25", (int64_t)AF_X25},
#endif
#ifdef AI_ADDRCONFIG
    {"AI_ADDRCONFIG", (int64_t)AI_ADDRCONFIG},
#endif
#ifdef AI_ALL
    {"AI_ALL", (int64_t)AI_ALL},
#endif
#ifdef AI_CANONNAME
    {"AI_CANONNAME", (int64_t)AI_CANONNAME},
#endif
#ifdef AI_NUMERICHOST
    {"AI_NUMERICHOST", (int64_t)AI_NUMERICHOST},
#endif
#ifdef AI_NUMERICSERV
    {"AI_NUMERICSERV", (int64_t)AI_NUMERICSERV},
#endif
#ifdef AI_PASSIVE
    {"AI_PASSIVE", (int64_t)AI_PASSIVE},
#endif
#ifdef AI_V4MAPPED
    {"AI_V4MAPPED", (int64_t)AI_V4MAPPED},
#endif
#ifdef EAI_ADDRFAMILY
    {"EAI_ADDRFAMILY", (int64_t)EAI_ADDRFAMILY},
#endif
#ifdef EAI_AGAIN
    {"EAI_AGAIN", (int64_t)EAI_AGAIN},
#endif
#ifdef EAI_BADFLAGS
    {"EAI_BADFLAGS", (int64_t)EAI_BADFLAGS},
#endif
#ifdef EAI_FAIL
    {"EAI_FAIL", (int64_t)EAI_FAIL},
#endif
#ifdef EAI_FAMILY
    {"EAI_FAMILY", (int64_t)EAI_FAMILY},
#endif
#ifdef EAI_MEMORY
    {"EAI_MEMORY", (int64_t)EAI_MEMORY},
#endif
#ifdef EAI_NODATA
    {"EAI_NODATA", (int64_t)EAI_NODATA},
#endif
#ifdef EAI_NONAME
    {"EAI_NONAME", (int64_t)EAI_NONAME},
#endif
#ifdef EAI_OVERFLOW
    {"EAI_OVERFLOW", (int64_t)EAI_OVERFLOW},
#endif
#ifdef EAI_SERVICE
    {"EAI_SERVICE", (int64_t)EAI_SERVICE},
#endif
#ifdef EAI_SOCKTYPE
    {"EAI_SOCKTYPE", (int64_t)EAI_SOCKTYPE},
#endif
#ifdef EAI_SYSTEM
    {"EAI_SYSTEM", (int64_t)EAI_SYSTEM},
#endif
#ifdef INADDR_ALLHOSTS_GROUP
    {"INADDR_ALLHOSTS_GROUP", (int64_t)INADDR_ALLHOSTS_GROUP},
#endif
#ifdef INADDR_ANY
    {"INADDR_ANY", (int64_t)INADDR_ANY},
#endif
#ifdef INADDR_BROADCAST
    {"INADDR_BROADCAST", (int64_t)INADDR_BROADCAST},
#endif
#ifdef INADDR_LOOPBACK
    {"INADDR_LOOPBACK", (int64_t)INADDR_LOOPBACK},
#endif
#ifdef INADDR_MAX_LOCAL_GROUP
    {"INADDR_MAX_LOCAL_GROUP", (int64_t)INADDR_MAX_LOCAL_GROUP},
#endif
#ifdef INADDR_NONE
    {"INADDR_NONE", (int64_t)INADDR_NONE},
#endif
#ifdef INADDR_UNSPEC_GROUP
    {"INADDR_UNSPEC_GROUP", (int64_t)INADDR_UNSPEC_GROUP},
#endif
#ifdef IPPORT_RESERVED
    {"IPPORT_RESERVED", (int64_t)IPPORT_RESERVED},
#endif
#ifdef IPPORT_USERRESERVED
    {"IPPORT_USERRESERVED", (int64_t)IPPORT_USERRESERVED},
#endif
#ifdef IPPROTO_AH
    {"IPPROTO_AH", (int64_t)IPPROTO_AH},
#endif
#ifdef IPPROTO_DSTOPTS
    {"IPPROTO_DSTOPTS", (int64_t)IPPROTO_DSTOPTS},
#endif
#ifdef IPPROTO_EGP
    {"IPPROTO_EGP", (int64_t)IPPROTO_EGP},
#endif
#ifdef IPPROTO_ESP
    {"IPPROTO_ESP", (int64_t)IPPROTO_ESP},
#endif
#ifdef IPPROTO_FRAGMENT
    {"IPPROTO_FRAGMENT", (int64_t)IPPROTO_FRAGMENT},
#endif
#ifdef IPPROTO_GRE
    {"IPPROTO_GRE", (int64_t)IPPROTO_GRE},
#endif
#ifdef IPPROTO_HOPOPTS
    {"IPPROTO_HOPOPTS", (int64_t)IPPROTO_HOPOPTS},
#endif
#ifdef IPPROTO_ICMP
    {"IPPROTO_ICMP", (int64_t)IPPROTO_ICMP},
#endif
#ifdef IPPROTO_ICMPV6
    {"IPPROTO_ICMPV6", (int64_t)IPPROTO_ICMPV6},
#endif
#ifdef IPPROTO_IDP
    {"IPPROTO_IDP", (int64_t)IPPROTO_IDP},
#endif
#ifdef IPPROTO_IGMP
    {"IPPROTO_IGMP", (int64_t)IPPROTO_IGMP},
#endif
#ifdef IPPROTO_IP
    {"IPPROTO_IP", (int64_t)IPPROTO_IP},
#endif
#ifdef IPPROTO_IPIP
    {"IPPROTO_IPIP", (int64_t)IPPROTO_IPIP},
#endif
#ifdef IPPROTO_IPV6
    {"IPPROTO_IPV6", (int64_t)IPPROTO_IPV6},
#endif
#ifdef IPPROTO_MPTCP
    {"IPPROTO_MPTCP", (int64_t)IPPROTO_MPTCP},
#endif
#ifdef IPPROTO_NONE
    {"IPPROTO_NONE", (int64_t)IPPROTO_NONE},
#endif
#ifdef IPPROTO_PIM
    {"IPPROTO_PIM", (int64_t)IPPROTO_PIM},
#endif
#ifdef IPPROTO_PUP
    {"IPPROTO_PUP", (int64_t)IPPROTO_PUP},
#endif
#ifdef IPPROTO_RAW
    {"IPPROTO_RAW", (int64_t)IPPROTO_RAW},
#endif
#ifdef IPPROTO_ROUTING
    {"IPPROTO_ROUTING", (int64_t)IPPROTO_ROUTING},
#endif
#ifdef IPPROTO_RSVP
    {"IPPROTO_RSVP", (int64_t)IPPROTO_RSVP},
#endif
#ifdef IPPROTO_SCTP
    {"IPPROTO_SCTP", (int64_t)IPPROTO_SCTP},
#endif
#ifdef IPPROTO_TCP
    {"IPPROTO_TCP", (int64_t)IPPROTO_TCP},
#endif
#ifdef IPPROTO_TP
    {"IPPROTO_TP", (int64_t)IPPROTO_TP},
#endif
#ifdef IPPROTO_UDP
    {"IPPROTO_UDP", (int64_t)IPPROTO_UDP},
#endif
#ifdef IPPROTO_UDPLITE
    {"IPPROTO_UDPLITE", (int64_t)IPPROTO_UDPLITE},
#endif
#ifdef IPV6_CHECKSUM
    {"IPV6_CHECKSUM", (int64_t)IPV6_CHECKSUM},
#endif
#ifdef IPV6_DONTFRAG
    {"IPV6_DONTFRAG", (int64_t)IPV6_DONTFRAG},
#endif
#ifdef IPV6_DSTOPTS
    {"IPV6_DSTOPTS", (int64_t)IPV6_DSTOPTS},
#endif
#ifdef IPV6_HOPLIMIT
    {"IPV6_HOPLIMIT", (int64_t)IPV6_HOPLIMIT},
#endif
#ifdef IPV6_HOPOPTS
    {"IPV6_HOPOPTS", (int64_t)IPV6_HOPOPTS},
#endif
#ifdef IPV6_JOIN_GROUP
    {"IPV6_JOIN_GROUP", (int64_t)IPV6_JOIN_GROUP},
#endif
#ifdef IPV6_LEAVE_GROUP
    {"IPV6_LEAVE_GROUP", (int64_t)IPV6_LEAVE_GROUP},
#endif
#ifdef IPV6_MULTICAST_HOPS
    {"IPV6_MULTICAST_HOPS", (int64_t)IPV6_MULTICAST_HOPS},
#endif
#ifdef IPV6_MULTICAST_IF
    {"IPV6_MULTICAST_IF", (int64_t)IPV6_MULTICAST_IF},
#endif
#ifdef IPV6_MULTICAST_LOOP
    {"IPV6_MULTICAST_LOOP", (int64_t)IPV6_MULTICAST_LOOP},
#endif
#ifdef IPV6_NEXTHOP
    {"IPV6_NEXTHOP", (int64_t)IPV6_NEXTHOP},
#endif
#ifdef IPV6_PATHMTU
    {"IPV6_PATHMTU", (int64_t)IPV6_PATHMTU},
#endif
#ifdef IPV6_PKTINFO
    {"IPV6_PKTINFO", (int64_t)IPV6_PKTINFO},
#endif
#ifdef IPV6_RECVDSTOPTS
    {"IPV6_RECVDSTOPTS", (int64_t)IPV6_RECVDSTOPTS},
#endif
#ifdef IPV6_RECVHOPLIMIT
    {"IPV6_RECVHOPLIMIT", (int64_t)IPV6_RECVHOPLIMIT},
#endif
#ifdef IPV6_RECVHOPOPTS
    {"IPV6_RECVHOPOPTS", (int64_t)IPV6_RECVHOPOPTS},
#endif
#ifdef IPV6_RECVPATHMTU
    {"IPV6_RECVPATHMTU", (int64_t)IPV6_RECVPATHMTU},
#endif
#ifdef IPV6_RECVPKTINFO
    {"IPV6_RECVPKTINFO", (int64_t)IPV6_RECVPKTINFO},
#endif
#ifdef IPV6_RECVRTHDR
    {"IPV6_RECVRTHDR", (int64_t)IPV6_RECVRTHDR},
#endif
#ifdef IPV6_RECVTCLASS
    {"IPV6_RECVTCLASS", (int64_t)IPV6_RECVTCLASS},
#endif
#ifdef IPV6_RTHDR
    {"IPV6_RTHDR", (int64_t)IPV6_RTHDR},
#endif
#ifdef IPV6_RTHDRDSTOPTS
    {"IPV6_RTHDRDSTOPTS", (int64_t)IPV6_RTHDRDSTOPTS},
#endif
#ifdef IPV6_RTHDR_TYPE_0
    {"IPV6_RTHDR_TYPE_0", (int64_t)IPV6_RTHDR_TYPE_0},
#endif
#ifdef IPV6_TCLASS
    {"IPV6_TCLASS", (int64_t)IPV6_TCLASS},
#endif
#ifdef IPV6_UNICAST_HOPS
    {"IPV6_UNICAST_HOPS", (int64_t)IPV6_UNICAST_HOPS},
#endif
#ifdef IPV6_V6ONLY
    {"IPV6_V6ONLY", (int64_t)IPV6_V6ONLY},
#endif
#ifdef IP_ADD_MEMBERSHIP
    {"IP_ADD_MEMBERSHIP", (int64_t)IP_ADD_MEMBERSHIP},
#endif
#ifdef IP_ADD_SOURCE_MEMBERSHIP
    {"IP_ADD_SOURCE_MEMBERSHIP", (int64_t)IP_ADD_SOURCE_MEMBERSHIP},
#endif
#ifdef IP_BIND_ADDRESS_NO_PORT
    {"IP_BIND_ADDRESS_NO_PORT", (int64_t)IP_BIND_ADDRESS_NO_PORT},
#endif
#ifdef IP_BLOCK_SOURCE
    {"IP_BLOCK_SOURCE", (int64_t)IP_BLOCK_SOURCE},
#endif
#ifdef IP_DEFAULT_MULTICAST_LOOP
    {"IP_DEFAULT_MULTICAST_LOOP", (int64_t)IP_DEFAULT_MULTICAST_LOOP},
#endif
#ifdef IP_DEFAULT_MULTICAST_TTL
    {"IP_DEFAULT_MULTICAST_TTL", (int64_t)IP_DEFAULT_MULTICAST_TTL},
#endif
#ifdef IP_DROP_MEMBERSHIP
    {"IP_DROP_MEMBERSHIP", (int64_t)IP_DROP_MEMBERSHIP},
#endif
#ifdef IP_DROP_SOURCE_MEMBERSHIP
    {"IP_DROP_SOURCE_MEMBERSHIP", (int64_t)IP_DROP_SOURCE_MEMBERSHIP},
#endif
#ifdef IP_HDRINCL
    {"IP_HDRINCL", (int64_t)IP_HDRINCL},
#endif
#ifdef IP_MAX_MEMBERSHIPS
    {"IP_MAX_MEMBERSHIPS", (int64_t)IP_MAX_MEMBERSHIPS},
#endif
#ifdef IP_MULTICAST_IF
    {"IP_MULTICAST_IF", (int64_t)IP_MULTICAST_IF},
#endif
#ifdef IP_MULTICAST_LOOP
    {"IP_MULTICAST_LOOP", (int64_t)IP_MULTICAST_LOOP},
#endif
#ifdef IP_MULTICAST_TTL
    {"IP_MULTICAST_TTL", (int64_t)IP_MULTICAST_TTL},
#endif
#ifdef IP_OPTIONS
    {"IP_OPTIONS", (int64_t)IP_OPTIONS},
#endif
#ifdef IP_PKTINFO
    {"IP_PKTINFO", (int64_t)IP_PKTINFO},
#endif
#ifdef IP_RECVOPTS
    {"IP_RECVOPTS", (int64_t)IP_RECVOPTS},
#endif
#ifdef IP_RECVRETOPTS
    {"IP_RECVRETOPTS", (int64_t)IP_RECVRETOPTS},
#endif
#ifdef IP_RECVTOS
    {"IP_RECVTOS", (int64_t)IP_RECVTOS},
#endif
#ifdef IP_RETOPTS
    {"IP_RETOPTS", (int64_t)IP_RETOPTS},
#endif
#ifdef IP_TOS
    {"IP_TOS", (int64_t)IP_TOS},
#endif
#ifdef IP_TRANSPARENT
    {"IP_TRANSPARENT", (int64_t)IP_TRANSPARENT},
#endif
#ifdef IP_TTL
    {"IP_TTL", (int64_t)IP_TTL},
#endif
#ifdef IP_UNBLOCK_SOURCE
    {"IP_UNBLOCK_SOURCE", (int64_t)IP_UNBLOCK_SOURCE},
#endif
#ifdef MSG_CMSG_CLOEXEC
    {"MSG_CMSG_CLOEXEC", (int64_t)MSG_CMSG_CLOEXEC},
#endif
#ifdef MSG_CONFIRM
    {"MSG_CONFIRM", (int64_t)MSG_CONFIRM},
#endif
#ifdef MSG_CTRUNC
    {"MSG_CTRUNC", (int64_t)MSG_CTRUNC},
#endif
#ifdef MSG_DONTROUTE
    {"MSG_DONTROUTE", (int64_t)MSG_DONTROUTE},
#endif
#ifdef MSG_DONTWAIT
    {"MSG_DONTWAIT", (int64_t)MSG_DONTWAIT},
#endif
#ifdef MSG_EOR
    {"MSG_EOR", (int64_t)MSG_EOR},
#endif
#ifdef MSG_ERRQUEUE
    {"MSG_ERRQUEUE", (int64_t)MSG_ERRQUEUE},
#endif
#ifdef MSG_FASTOPEN
    {"MSG_FASTOPEN", (int64_t)MSG_FASTOPEN},
#endif
#ifdef MSG_MORE
    {"MSG_MORE", (int64_t)MSG_MORE},
#endif
#ifdef MSG_NOSIGNAL
    {"MSG_NOSIGNAL", (int64_t)MSG_NOSIGNAL},
#endif
#ifdef MSG_OOB
    {"MSG_OOB", (int64_t)MSG_OOB},
#endif
#ifdef MSG_PEEK
    {"MSG_PEEK", (int64_t)MSG_PEEK},
#endif
#ifdef MSG_TRUNC
    {"MSG_TRUNC", (int64_t)MSG_TRUNC},
#endif
#ifdef MSG_WAITALL
    {"MSG_WAITALL", (int64_t)MSG_WAITALL},
#endif
#ifdef NI_DGRAM
    {"NI_DGRAM", (int64_t)NI_DGRAM},
#endif
#ifdef NI_IDN
    {"NI_IDN", (int64_t)NI_IDN},
#endif
#ifdef NI_MAXHOST
    {"NI_MAXHOST", (int64_t)NI_MAXHOST},
#endif
#ifdef NI_MAXSERV
    {"NI_MAXSERV", (int64_t)NI_MAXSERV},
#endif
#ifdef NI_NAMEREQD
    {"NI_NAMEREQD", (int64_t)NI_NAMEREQD},
#endif
#ifdef NI_NOFQDN
    {"NI_NOFQDN", (int64_t)NI_NOFQDN},
#endif
#ifdef NI_NUMERICHOST
    {"NI_NUMERICHOST", (int64_t)NI_NUMERICHOST},
#endif
#ifdef NI_NUMERICSERV
    {"NI_NUMERICSERV", (int64_t)NI_NUMERICSERV},
#endif
#ifdef SCM_CREDENTIALS
    {"SCM_CREDENTIALS", (int64_t)SCM_CREDENTIALS},
#endif
#ifdef SCM_RIGHTS
    {"SCM_RIGHTS", (int64_t)SCM_RIGHTS},
#endif
#ifdef SHUT_RD
    {"SHUT_RD", (int64_t)SHUT_RD},
#endif
#ifdef SHUT_RDWR
    {"SHUT_RDWR", (int64_t)SHUT_RDWR},
#endif
#ifdef SHUT_WR
    {"SHUT_WR", (int64_t)SHUT_WR},
#endif
#ifdef SOCK_CLOEXEC
    {"SOCK_CLOEXEC", (int64_t)SOCK_CLOEXEC},
#endif
#ifdef SOCK_DGRAM
    {"SOCK_DGRAM", (int64_t)SOCK_DGRAM},
#endif
#ifdef SOCK_NONBLOCK
    {"SOCK_NONBLOCK", (int64_t)SOCK_NONBLOCK},
#endif
#ifdef SOCK_RAW
    {"SOCK_RAW", (int64_t)SOCK_RAW},
#endif
#ifdef SOCK_RDM
    {"SOCK_RDM", (int64_t)SOCK_RDM},
#endif
#ifdef SOCK_SEQPACKET
    {"SOCK_SEQPACKET", (int64_t)SOCK_SEQPACKET},
#endif
#ifdef SOCK_STREAM
    {"SOCK_STREAM", (int64_t)SOCK_STREAM},
#endif
#ifdef SOL_IP
    {"SOL_IP", (int64_t)SOL_IP},
#endif
#ifdef SOL_SOCKET
    {"SOL_SOCKET", (int64_t)SOL_SOCKET},
#endif
#ifdef SOL_TCP
    {"SOL_TCP", (int64_t)SOL_TCP},
#endif
#ifdef SOL_UDP
    {"SOL_UDP", (int64_t)SOL_UDP},
#endif
#ifdef SOMAXCONN
    {"SOMAXCONN", (int64_t)SOMAXCONN},
#endif
#ifdef SO_ACCEPTCONN
    {"SO_ACCEPTCONN", (int64_t)SO_ACCEPTCONN},
#endif
#ifdef SO_BINDTODEVICE
    {"SO_BINDTODEVICE", (int64_t)SO_BINDTODEVICE},
#endif
#ifdef SO_BINDTOIFINDEX
    {"SO_BINDTOIFINDEX", (int64_t)SO_BINDTOIFINDEX},
#endif
#ifdef SO_BROADCAST
    {"SO_BROADCAST", (int64_t)SO_BROADCAST},
#endif
#ifdef SO_DEBUG
    {"SO_DEBUG", (int64_t)SO_DEBUG},
#endif
#ifdef SO_DOMAIN
    {"SO_DOMAIN", (int64_t)SO_DOMAIN},
#endif
#ifdef SO_DONTROUTE
    {"SO_DONTROUTE", (int64_t)SO_DONTROUTE},
#endif
#ifdef SO_ERROR
    {"SO_ERROR", (int64_t)SO_ERROR},
#endif
#ifdef SO_INCOMING_CPU
    {"SO_INCOMING_CPU", (int64_t)SO_INCOMING_CPU},
#endif
#ifdef SO_KEEPALIVE
    {"SO_KEEPALIVE", (int64_t)SO_KEEPALIVE},
#endif
#ifdef SO_LINGER
    {"SO_LINGER", (int64_t)SO_LINGER},
#endif
#ifdef SO_MARK
    {"SO_MARK", (int64_t)SO_MARK},
#endif
#ifdef SO_OOBINLINE
    {"SO_OOBINLINE", (int64_t)SO_OOBINLINE},
#endif
#ifdef SO_PASSCRED
    {"SO_PASSCRED", (int64_t)SO_PASSCRED},
#endif
#ifdef SO_PASSSEC
    {"SO_PASSSEC", (int64_t)SO_PASSSEC},
#endif
#ifdef SO_PEERCRED
    {"SO_PEERCRED", (int64_t)SO_PEERCRED},
#endif
#ifdef SO_PEERSEC
    {"SO_PEERSEC", (int64_t)SO_PEERSEC},
#endif
#ifdef SO_PRIORITY
    {"SO_PRIORITY", (int64_t)SO_PRIORITY},
#endif
#ifdef SO_PROTOCOL
    {"SO_PROTOCOL", (int64_t)SO_PROTOCOL},
#endif
#ifdef SO_RCVBUF
    {"SO_RCVBUF", (int64_t)SO_RCVBUF},
#endif
#ifdef SO_RCVLOWAT
    {"SO_RCVLOWAT", (int64_t)SO_RCVLOWAT},
#endif
#ifdef SO_RCVTIMEO
    {"SO_RCVTIMEO", (int64_t)SO_RCVTIMEO},
#endif
#ifdef SO_REUSEADDR
    {"SO_REUSEADDR", (int64_t)SO_REUSEADDR},
#endif
#ifdef SO_REUSEPORT
    {"SO_REUSEPORT", (int64_t)SO_REUSEPORT},
#endif
#ifdef SO_SNDBUF
    {"SO_SNDBUF", (int64_t)SO_SNDBUF},
#endif
#ifdef SO_SNDLOWAT
    {"SO_SNDLOWAT", (int64_t)SO_SNDLOWAT},
#endif
#ifdef SO_SNDTIMEO
    {"SO_SNDTIMEO", (int64_t)SO_SNDTIMEO},
#endif
#ifdef SO_TYPE
    {"SO_TYPE", (int64_t)SO_TYPE},
#endif
#ifdef TCP_CC_INFO
    {"TCP_CC_INFO", (int64_t)TCP_CC_INFO},
#endif
#ifdef TCP_CONGESTION
    {"TCP_CONGESTION", (int64_t)TCP_CONGESTION},
#endif
#ifdef TCP_CORK
    {"TCP_CORK", (int64_t)TCP_CORK},
#endif
#ifdef TCP_DEFER_ACCEPT
    {"TCP_DEFER_ACCEPT", (int64_t)TCP_DEFER_ACCEPT},
#endif
#ifdef TCP_FASTOPEN
    {"TCP_FASTOPEN", (int64_t)TCP_FASTOPEN},
#endif
#ifdef TCP_FASTOPEN_CONNECT
    {"TCP_FASTOPEN_CONNECT", (int64_t)TCP_FASTOPEN_CONNECT},
#endif
#ifdef TCP_FASTOPEN_KEY
    {"TCP_FASTOPEN_KEY", (int64_t)TCP_FASTOPEN_KEY},
#endif
#ifdef TCP_FASTOPEN_NO_COOKIE
    {"TCP_FASTOPEN_NO_COOKIE", (int64_t)TCP_FASTOPEN_NO_COOKIE},
#endif
#ifdef TCP_INFO
    {"TCP_INFO", (int64_t)TCP_INFO},
#endif
#ifdef TCP_INQ
    {"TCP_INQ", (int64_t)TCP_INQ},
#endif
#ifdef TCP_KEEPCNT
    {"TCP_KEEPCNT", (int64_t)TCP_KEEPCNT},
#endif
#ifdef TCP_KEEPIDLE
    {"TCP_KEEPIDLE", (int64_t)TCP_KEEPIDLE},
#endif
#ifdef TCP_KEEPINTVL
    {"TCP_KEEPINTVL", (int64_t)TCP_KEEPINTVL},
#endif
#ifdef TCP_LINGER2
    {"TCP_LINGER2", (int64_t)TCP_LINGER2},
#endif
#ifdef TCP_MAXSEG
    {"TCP_MAXSEG", (int64_t)TCP_MAXSEG},
#endif
#ifdef TCP_MD5SIG
    {"TCP_MD5SIG", (int64_t)TCP_MD5SIG},
#endif
#ifdef TCP_MD5SIG_EXT
    {"TCP_MD5SIG_EXT", (int64_t)TCP_MD5SIG_EXT},
#endif
#ifdef TCP_NODELAY
    {"TCP_NODELAY", (int64_t)TCP_NODELAY},
#endif
#ifdef TCP_NOTSENT_LOWAT
    {"TCP_NOTSENT_LOWAT", (int64_t)TCP_NOTSENT_LOWAT},
#endif
#ifdef TCP_QUEUE_SEQ
    {"TCP_QUEUE_SEQ", (int64_t)TCP_QUEUE_SEQ},
#endif
#ifdef TCP_QUICKACK
    {"TCP_QUICKACK", (int64_t)TCP_QUICKACK},
#endif
#ifdef TCP_REPAIR
    {"TCP_REPAIR", (int64_t)TCP_REPAIR},
#endif
#ifdef TCP_REPAIR_OPTIONS
    {"TCP_REPAIR_OPTIONS", (int64_t)TCP_REPAIR_OPTIONS},
#endif
#ifdef TCP_REPAIR_QUEUE
    {"TCP_REPAIR_QUEUE", (int64_t)TCP_REPAIR_QUEUE},
#endif
#ifdef TCP_REPAIR_WINDOW
    {"TCP_REPAIR_WINDOW", (int64_t)TCP_REPAIR_WINDOW},
#endif
#ifdef TCP_SAVED_SYN
    {"TCP_SAVED_SYN", (int64_t)TCP_SAVED_SYN},
#endif
#ifdef TCP_SAVE_SYN
    {"TCP_SAVE_SYN", (int64_t)TCP_SAVE_SYN},
#endif
#ifdef TCP_SYNCNT
    {"TCP_SYNCNT", (int64_t)TCP_SYNCNT},
#endif
#ifdef TCP_THIN_DUPACK
    {"TCP_THIN_DUPACK", (int64_t)TCP_THIN_DUPACK},
#endif
#ifdef TCP_THIN_LINEAR_TIMEOUTS
    {"TCP_THIN_LINEAR_TIMEOUTS", (int64_t)TCP_THIN_LINEAR_TIMEOUTS},
#endif
#ifdef TCP_TIMESTAMP
    {"TCP_TIMESTAMP", (int64_t)TCP_TIMESTAMP},
#endif
#ifdef TCP_TX_DELAY
    {"TCP_TX_DELAY", (int64_t)TCP_TX_DELAY},
#endif
#ifdef TCP_ULP
    {"TCP_ULP", (int64_t)TCP_ULP},
#endif
#ifdef TCP_USER_TIMEOUT
    {"TCP_USER_TIMEOUT", (int64_t)TCP_USER_TIMEOUT},
#endif
#ifdef TCP_WINDOW_CLAMP
    {"TCP_WINDOW_CLAMP", (int64_t)TCP_WINDOW_CLAMP},
#endif
#ifdef TCP_ZEROCOPY_RECEIVE
    {"TCP_ZEROCOPY_RECEIVE", (int64_t)TCP_ZEROCOPY_RECEIVE},
#endif
};

/* Members of enumerations, which the preprocessor does not know. */
#define ENUMS(X)                                                                                                             \
  X(IPPROTO_IP) X(IPPROTO_ICMP) X(IPPROTO_IGMP) X(IPPROTO_IPIP) X(IPPROTO_TCP) X(IPPROTO_EGP) X(IPPROTO_PUP) X(IPPROTO_UDP)    \
  X(IPPROTO_IDP) X(IPPROTO_TP) X(IPPROTO_IPV6) X(IPPROTO_RSVP) X(IPPROTO_GRE) X(IPPROTO_ESP) X(IPPROTO_AH) X(IPPROTO_PIM)      \
  X(IPPROTO_SCTP) X(IPPROTO_UDPLITE) X(IPPROTO_RAW) X(IPPROTO_HOPOPTS) X(IPPROTO_ROUTING) X(IPPROTO_FRAGMENT)                  \
  X(IPPROTO_ICMPV6) X(IPPROTO_NONE) X(IPPROTO_DSTOPTS) X(SOCK_STREAM) X(SOCK_DGRAM) X(SOCK_RAW) X(SOCK_RDM) X(SOCK_SEQPACKET)  \
  X(SOCK_CLOEXEC) X(SOCK_NONBLOCK) X(SHUT_RD) X(SHUT_WR) X(SHUT_RDWR) X(MSG_OOB) X(MSG_PEEK) X(MSG_DONTROUTE) X(MSG_CTRUNC)    \
  X(MSG_TRUNC) X(MSG_DONTWAIT) X(MSG_EOR) X(MSG_WAITALL) X(MSG_CONFIRM) X(MSG_ERRQUEUE) X(MSG_NOSIGNAL) X(MSG_MORE)             \
  X(MSG_FASTOPEN) X(MSG_CMSG_CLOEXEC) X(SCM_RIGHTS) X(SCM_CREDENTIALS) X(IPPORT_RESERVED) X(IPPORT_USERRESERVED)

static const struct { const char *name; int64_t value; } enums[] = {
#define ENUM(name) {#name, name},
    ENUMS(ENUM)
#undef ENUM
};

void sock_add_constants(SkVm *vm, SkModule *m) {
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) sk_module_add(vm, m, constants[i].name, sk_int_new(vm, constants[i].value));
  for (size_t i = 0; i < sizeof enums / sizeof *enums; i++) sk_module_add(vm, m, enums[i].name, sk_int_new(vm, enums[i].value));
}

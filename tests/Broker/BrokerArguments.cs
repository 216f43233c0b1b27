using System.Globalization;
using Quartier.Mqtt;

namespace Quartier.Broker;

/// <summary>What the command line says.</summary>
/// <param name="Port">0 for any that is free.</param>
/// <param name="IsVerbose">Logs to standard error.</param>
/// <param name="Data">Where sessions are kept; null for nowhere.</param>
/// <param name="IsLikeMosquitto">Takes the limits of mosquitto 2.0.11, whose tests compare each byte of CONNACK.</param>
/// <param name="MaxKeepAlive">Seconds; what MQTT 5 clients may ask for.</param>
internal sealed record BrokerArguments(int Port, bool IsVerbose, string? Data, bool IsLikeMosquitto, int MaxKeepAlive)
{
    /// <exception cref="ArgumentException">An argument is unknown, or lacks its value.</exception>
    public static BrokerArguments Parse(string[] arguments)
    {
        var parsed = new BrokerArguments(0, IsVerbose: false, Data: null, IsLikeMosquitto: false, ushort.MaxValue);
        for (var i = 0; i < arguments.Length; i++)
        {
            parsed = arguments[i] switch
            {
                "-v" => parsed with { IsVerbose = true },
                "-p" => parsed with { Port = int.Parse(Value(arguments, ref i), CultureInfo.InvariantCulture) },
                "--data" => parsed with { Data = Value(arguments, ref i) },
                "--like-mosquitto" => parsed with { IsLikeMosquitto = true },
                "--max-keepalive" => parsed with { MaxKeepAlive = int.Parse(Value(arguments, ref i), CultureInfo.InvariantCulture) },
                var unknown => throw new ArgumentException($"{unknown} is unknown. Usage: Broker [-v] [-p PORT] [--data DIR] [--like-mosquitto] [--max-keepalive SECONDS]", nameof(arguments)),
            };
        }

        return parsed;
    }

    private static string Value(string[] arguments, ref int i) => ++i < arguments.Length
        ? arguments[i]
        : throw new ArgumentException($"{arguments[i - 1]} needs a value.", nameof(arguments));

    /// <summary>The limits that the arguments ask for.</summary>
    public void Apply(MqttOptions options)
    {
        options.SendReasonStrings = false; // The suites compare bytes, and Paho's client takes a PUBACK with properties for one of a wrong length.
        options.MaxKeepAlive = TimeSpan.FromSeconds(MaxKeepAlive);
        if (IsLikeMosquitto)
        {
            (options.MaxTopicAliases, options.MaxInFlightPerConnection, options.MaxOutgoingInFlight) = (10, 20, 20);
            options.MaxPacketBytes = options.MaxInFlightBytesPerConnection = 268_435_460;
            options.MaxInFlightBytes = options.MaxQueuedBytes = options.MaxAllQueuedBytes = options.MaxSessionBytes = 2L * options.MaxPacketBytes;
            (options.MaxTopicBytes, options.MaxTopicLevels) = (ushort.MaxValue, 201);
        }
    }
}

using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Quartier.Gateway.Commands;

/// <summary>Options that several commands share, with checks that name the value, the limit and the remedy.</summary>
public static class GatewayOptions
{
    /// <summary>The port of MQTT without TLS.</summary>
    public const int DefaultMqttPort = 1883;

    /// <summary>Where the silo takes readings.</summary>
    public static Option<ServerAddress> Mqtt()
    {
        var option = new Option<ServerAddress>("--mqtt")
        {
            Description = "Where the silo takes readings, host:port.",
            DefaultValueFactory = _ => new ServerAddress("127.0.0.1", DefaultMqttPort),
        };
        option.CustomParser = result =>
        {
            if (!ServerAddress.TryParse(result.Tokens[0].Value, DefaultMqttPort, out var address))
            {
                result.AddError($"'{result.Tokens[0].Value}' is no address like 127.0.0.1:1883.");
            }

            return address;
        };
        return option;
    }

    /// <summary>A number with limits.</summary>
    /// <param name="name">Of the option.</param>
    /// <param name="description">For help.</param>
    /// <param name="standard">When it is not given.</param>
    /// <param name="least">Smallest allowed.</param>
    /// <param name="most">Greatest allowed.</param>
    public static Option<T> Number<T>(string name, string description, T standard, T least, T most)
        where T : struct, INumber<T>
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.CustomParser = result =>
        {
            if (!T.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || value < least || value > most)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{result.Tokens[0].Value}'; it must be a number from {least} to {most}."));
            }

            return value;
        };
        return option;
    }

    /// <summary>How many times faster than real time; <c>max</c> is null.</summary>
    public static Option<ReplaySpeed> Speed(ReplaySpeed standard)
    {
        var option = new Option<ReplaySpeed>("--speed")
        {
            Description = "How many times faster than the events happened, or max.",
            DefaultValueFactory = _ => standard,
        };
        option.CustomParser = result =>
        {
            if (!ReplaySpeed.TryParse(result.Tokens[0].Value, out var speed))
            {
                result.AddError($"--speed is '{result.Tokens[0].Value}'; it must be max or a number greater than 0, for example 600.");
            }

            return speed;
        };
        return option;
    }
}

using System;

namespace Kml.Model;

/// <summary>A weights file breaks its format, or does not hold what is asked of it. The message names the place.</summary>
public sealed class WeightsFormatException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong and where, as the end of a sentence: no capital, no full stop.</param>
    public WeightsFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    /// <param name="message">What is wrong and where.</param>
    /// <param name="inner">The cause.</param>
    public WeightsFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

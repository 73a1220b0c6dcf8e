using System;

namespace Kml.Inference.Stages;

/// <summary>The two widths to which integer stages clamp what they give.</summary>
internal static class Saturation
{
    public static int To16(long value) => (int)Math.Clamp(value, short.MinValue, short.MaxValue);

    public static int To32(long value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);
}

using System;

namespace Kml.Training.Tests.Layers;

/// <summary>The definitions of LSTM and GRU, a row and a unit at a time.</summary>
internal static class NaiveRecurrent
{
    internal static double[] Outputs(LayerBed<float> bed, RecurrentLayerTests.Case c)
    {
        int width = (c.Lstm ? 4 : 3) * c.Units;
        double[] y = new double[bed.Y.Length];
        for (int row = 0; row < c.Rows; row++)
        {
            double[] hidden = new double[c.Units], cells = new double[c.Units];
            for (int step = 0; step < c.Steps; step++)
            {
                double[] before = [.. hidden];
                for (int unit = 0; unit < c.Units; unit++)
                {
                    if (c.Lstm)
                    {
                        double i = Sigmoid(Both(0)), f = Sigmoid(Both(1)), g = Math.Tanh(Both(2)), o = Sigmoid(Both(3));
                        cells[unit] = (f * cells[unit]) + (i * g);
                        hidden[unit] = o * Math.Tanh(cells[unit]);
                    }
                    else
                    {
                        double r = Sigmoid(Both(0)), z = Sigmoid(Both(1)), n = Math.Tanh(OfInputs(2) + (r * OfHidden(2)));
                        hidden[unit] = ((1 - z) * n) + (z * before[unit]);
                    }

                    if (c.Every || step == c.Steps - 1)
                        y[((((c.Every ? step : 0) * c.Units) + unit) * c.Rows) + row] = hidden[unit];

                    double Both(int gate) => OfInputs(gate) + OfHidden(gate);

                    double OfInputs(int gate)
                    {
                        double sum = bed.Parameters[(width * (c.Inputs + c.Units)) + (gate * c.Units) + unit];
                        for (int k = 0; k < c.Inputs; k++)
                            sum += (double)bed.Parameters[(k * width) + (gate * c.Units) + unit] * bed.X[(((step * c.Inputs) + k) * c.Rows) + row];
                        return sum;
                    }

                    double OfHidden(int gate)
                    {
                        double sum = bed.Parameters[(width * (c.Inputs + c.Units + 1)) + (gate * c.Units) + unit];
                        for (int k = 0; k < c.Units; k++)
                            sum += bed.Parameters[((c.Inputs + k) * width) + (gate * c.Units) + unit] * before[k];
                        return sum;
                    }
                }
            }
        }

        return y;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
